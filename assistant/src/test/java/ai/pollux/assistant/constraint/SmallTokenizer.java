package ai.pollux.assistant.constraint;

import ai.pollux.content.tokenizer.GgufVocabulary;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A tokenizer of a few hundred pieces that are awkward for JSON: they end one thing and begin the
 * next, hold half of a number or an escape, and several spell the same byte.
 */
final class SmallTokenizer {
  static final int END = 2;
  static final Set<Integer> END_TOKENS = Set.of(END);

  private static final int NORMAL = 1;
  private static final int CONTROL = 3;
  private static final int BYTE = 6;

  private static final List<String> PIECES =
      List.of(
          "{\"", "\":", "\":▁", "\",", "\",▁\"", "\"}", "},", "}}", "]}", "[]", "{}", "[[", "],",
          "[\"", "\"]", "true", "false", "null", "tr", "ue", "fal", "12", "007", "1.5", "e+", "-1",
          "00", "\\\"", "\\n", "\\u", "u00", "\\\\", "ab", "name", "na", "▁the", "the", "ing",
          "▁▁▁▁", "▁▁", "a\":1", "1,", "0]", "é", "日本", "本", "😀", "|>", "<|", "|", "call:", "c0",
          "-0", "a|b", "x,y:z", "{a:", "2024-", "T10:", "@a.b", "ab\":\"", "é\"}", "\":[",
          "\":{\"");

  private SmallTokenizer() {}

  static Tokenizer open() {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    List<Integer> types = new ArrayList<>(List.of(2, CONTROL, CONTROL));
    ModelMarks.ALL.forEach(mark -> add(mark, CONTROL, tokens, types));
    for (int value = 0; value < 256; value++) {
      add("<0x%02X>".formatted(value), BYTE, tokens, types);
    }
    for (char each = '!'; each <= '~'; each++) {
      add(Character.toString(each), NORMAL, tokens, types);
    }
    add("▁", NORMAL, tokens, types);
    PIECES.stream()
        .filter(piece -> !tokens.contains(piece))
        .forEach(piece -> add(piece, NORMAL, tokens, types));
    float[] scores = new float[tokens.size()];
    GgufVocabulary vocabulary =
        new GgufVocabulary(
            "llama",
            "default",
            tokens,
            scores,
            types.stream().mapToInt(Integer::intValue).toArray(),
            List.of(),
            OptionalInt.of(1),
            OptionalInt.of(END),
            OptionalInt.of(0),
            Optional.of(true),
            Optional.of(false),
            Optional.of(false));
    return Tokenizers.fromGguf(vocabulary, "small");
  }

  private static void add(String token, int type, List<String> tokens, List<Integer> types) {
    tokens.add(token);
    types.add(type);
  }
}
