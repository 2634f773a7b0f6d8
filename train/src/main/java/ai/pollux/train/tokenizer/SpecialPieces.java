package ai.pollux.train.tokenizer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Pieces that are not learned. They take the first ids, in this order; no learned piece contains or
 * crosses one.
 *
 * @param control steer the model; a text that spells one is cut like any other text. The first four
 *     are padding, end, beginning and unknown
 * @param userDefined always one piece, wherever a text has them; {@code ▁} is a space
 */
public record SpecialPieces(List<String> control, List<String> userDefined) {
  static final int PAD = 0;
  static final int EOS = 1;
  static final int BOS = 2;
  static final int UNKNOWN = 3;

  /** What Gemma 4's chat template, its media and the reader of its answers name. */
  private static final List<String> GEMMA_4 =
      List.of(
          "<pad>",
          "<eos>",
          "<bos>",
          "<unk>",
          "<mask>",
          "<|tool>",
          "<tool|>",
          "<|tool_call>",
          "<tool_call|>",
          "<|tool_response>",
          "<tool_response|>",
          "<|\"|>",
          "<|think|>",
          "<|channel>",
          "<channel|>",
          "<|turn>",
          "<turn|>",
          "<|image>",
          "<|image|>",
          "<image|>",
          "<|audio>",
          "<|audio|>",
          "<audio|>",
          "<|video|>");

  /** Checks that there are at least four, all different and none empty. */
  public SpecialPieces {
    control = List.copyOf(control);
    userDefined = List.copyOf(userDefined);
    if (control.size() <= UNKNOWN) {
      throw new TokenizerTrainingException(
          "special pieces: expected at least four of control (padding, end, beginning, unknown),"
              + " found "
              + control
              + ". Add the missing ones.");
    }
    Set<String> seen = new HashSet<>();
    for (String piece : concatenated(control, userDefined)) {
      if (piece.isEmpty() || piece.indexOf(' ') >= 0 || !seen.add(piece)) {
        throw new TokenizerTrainingException(
            "special pieces: expected each once, not empty, ▁ for spaces; found '"
                + piece
                + "'. Correct or remove it.");
      }
    }
  }

  /**
   * Gemma 4's names, with runs of newlines and spaces whose lengths are powers of two, and the tab.
   * These lengths make the longest run first, as SentencePiece cuts, the same as joining pairs of
   * runs, as {@code tokenizer.json} and GGUF do, whatever the length in the text. Gemma's own
   * lengths are all from 1 to 31, where that holds up to 31.
   *
   * @param longestRun of newlines and spaces
   * @param spare how many control pieces {@code <unused0>}, {@code <unused1>} ... are kept for
   *     later
   */
  public static SpecialPieces gemma4(int longestRun, int spare) {
    List<String> control = new ArrayList<>(GEMMA_4);
    IntStream.range(0, spare).forEach(i -> control.add("<unused" + i + ">"));
    List<String> runs = new ArrayList<>();
    for (int length = 1; length <= longestRun; length *= 2) {
      runs.add("\n".repeat(length));
    }
    for (int length = 2; length <= longestRun; length *= 2) {
      runs.add(String.valueOf(PieceRules.SPACE).repeat(length));
    }
    runs.add("\t");
    return new SpecialPieces(control, runs);
  }

  /** These pieces and more that are always one piece, say HTML tags. */
  public SpecialPieces with(List<String> moreUserDefined) {
    return new SpecialPieces(control, concatenated(userDefined, moreUserDefined));
  }

  /** All pieces with a fixed spelling, bytes included. */
  List<String> spellings() {
    return concatenated(
        concatenated(control, userDefined),
        IntStream.range(0, 256).mapToObj(SpecialPieces::spelling).toList());
  }

  /** The ids taken before the first learned piece. */
  int size() {
    return control.size() + userDefined.size() + 256;
  }

  /** How a byte is spelled. */
  static String spelling(int value) {
    return "<0x%02X>".formatted(value);
  }

  private static List<String> concatenated(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
