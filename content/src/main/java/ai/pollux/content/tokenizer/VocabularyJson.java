package ai.pollux.content.tokenizer;

import static ai.pollux.content.Json.object;

import ai.pollux.content.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A GGUF's vocabulary as a {@code tokenizer.json}: pairs by a list of merges, which for a
 * vocabulary of scores is made of them as transformers does: the piece of the best score first.
 */
final class VocabularyJson {
  private static final String MARK = String.valueOf(Vocabulary.MARK);

  /** The two split patterns that have a known text, but for how many digits make a number. */
  private static final String WORDS =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|NUMBERS| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private final GgufVocabulary source;
  private final String where;
  private final List<String> tokens;

  private VocabularyJson(GgufVocabulary source, String where) {
    this.source = source;
    this.where = where;
    this.tokens = source.tokens();
  }

  /**
   * The text of the file.
   *
   * @param where names the source, for messages
   */
  static String of(GgufVocabulary source, String where) {
    VocabularyJson json = new VocabularyJson(source, where);
    Map<String, Json> file = new LinkedHashMap<>();
    file.put("version", Json.of("1.0"));
    file.put("truncation", Json.NULL);
    file.put("padding", Json.NULL);
    file.put("added_tokens", json.added());
    switch (source.model()) {
      case "llama", "gemma4" -> json.marked(file);
      case "gpt2" -> json.byteLevel(file);
      default -> throw json.unknown("model", "llama, gpt2 or gemma4", source.model());
    }
    return new Json.Obj(file).toString();
  }

  private TokenizerException unknown(String key, String expected, String found) {
    return new TokenizerException(
        "%s, tokenizer.ggml.%s: expected %s to write as tokenizer.json, found '%s'. Put the model's own tokenizer.json into the folder instead."
            .formatted(where, key, expected, found));
  }

  private PieceType type(int id) {
    return source.tokenTypes().length == 0
        ? PieceType.NORMAL
        : PieceType.of(source.tokenTypes()[id], where + ", tokenizer.ggml.token_type[" + id + "]");
  }

  private Json added() {
    List<Json> added = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      PieceType type = type(id);
      boolean isSpecial = type == PieceType.CONTROL || type == PieceType.UNKNOWN;
      if (isSpecial || type == PieceType.USER_DEFINED) {
        added.add(
            object(
                "id", Json.of(id),
                "content", Json.of(tokens.get(id)),
                "single_word", Json.of(false),
                "lstrip", Json.of(false),
                "rstrip", Json.of(false),
                "normalized", Json.of(false),
                "special", Json.of(isSpecial)));
      }
    }
    return new Json.Arr(added);
  }

  /** Pieces with a mark for spaces, and bytes for what no piece spells. */
  private void marked(Map<String, Json> file) {
    boolean isScored = source.model().equals("llama");
    boolean prefixes = source.addSpacePrefix().orElse(isScored);
    Json mark = replace(" ", MARK);
    Json prefix = object("type", Json.of("Prepend"), "prepend", Json.of(MARK));
    file.put("normalizer", prefixes ? sequence("normalizers", prefix, mark) : mark);
    file.put("pre_tokenizer", Json.NULL);
    file.put("post_processor", framing(true));
    Json space = replace(MARK, " ");
    Json bytes = object("type", Json.of("ByteFallback"));
    Json fuse = object("type", Json.of("Fuse"));
    Json strip =
        object(
            "type", Json.of("Strip"),
            "content", Json.of(" "),
            "start", Json.of(1),
            "stop", Json.of(0));
    file.put(
        "decoder",
        prefixes
            ? sequence("decoders", space, bytes, fuse, strip)
            : sequence("decoders", space, bytes, fuse));
    file.put("model", model(isScored ? scoredMerges() : listedMerges(), true, false));
  }

  private void byteLevel(Map<String, Json> file) {
    String numbers =
        switch (source.preTokenizer()) {
          case "llama3", "llama-v3", "llama-bpe" -> "\\p{N}{1,3}";
          case "qwen2" -> "\\p{N}";
          default -> throw unknown("pre", "llama-bpe or qwen2", source.preTokenizer());
        };
    boolean isQwen = source.preTokenizer().equals("qwen2");
    file.put("normalizer", isQwen ? object("type", Json.of("NFC")) : Json.NULL);
    Json split =
        object(
            "type", Json.of("Split"),
            "pattern", object("Regex", Json.of(WORDS.replace("NUMBERS", numbers))),
            "behavior", Json.of("Isolated"),
            "invert", Json.of(false));
    file.put("pre_tokenizer", sequence("pretokenizers", split, bytes(false)));
    file.put("post_processor", framing(!isQwen));
    file.put("decoder", bytes(true));
    file.put("model", model(listedMerges(), false, !isQwen));
  }

  private static Json bytes(boolean splits) {
    return object(
        "type", Json.of("ByteLevel"),
        "add_prefix_space", Json.of(splits),
        "trim_offsets", Json.of(true),
        "use_regex", Json.of(splits));
  }

  private Json model(List<Json> merges, boolean fallsBack, boolean takesWholeChunks) {
    Map<String, Json> vocabulary = new LinkedHashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      if (type(id) != PieceType.UNUSED || !tokens.get(id).startsWith("[PAD")) {
        vocabulary.putIfAbsent(tokens.get(id), Json.of(id));
      }
    }
    boolean hasUnknown = fallsBack && source.unknown().isPresent();
    return object(
        "type",
        Json.of("BPE"),
        "dropout",
        Json.NULL,
        "unk_token",
        hasUnknown ? Json.of(tokens.get(source.unknown().getAsInt())) : Json.NULL,
        "continuing_subword_prefix",
        Json.NULL,
        "end_of_word_suffix",
        Json.NULL,
        "fuse_unk",
        Json.of(fallsBack),
        "byte_fallback",
        Json.of(fallsBack),
        "ignore_merges",
        Json.of(takesWholeChunks),
        "vocab",
        new Json.Obj(vocabulary),
        "merges",
        new Json.Arr(merges));
  }

  private List<Json> listedMerges() {
    List<Json> merges = new ArrayList<>();
    for (String merge : source.merges()) {
      int space = Math.max(0, merge.indexOf(' ', 1));
      merges.add(pair(merge.substring(0, space), merge.substring(space + 1)));
    }
    return merges;
  }

  /** All ways to make a piece of two, those of a better piece first. */
  private List<Json> scoredMerges() {
    Map<String, Integer> ids = new HashMap<>();
    Set<PieceType> plain = Set.of(PieceType.NORMAL, PieceType.UNUSED);
    for (int id = 0; id < tokens.size(); id++) {
      if (plain.contains(type(id))) {
        ids.putIfAbsent(tokens.get(id), id);
      }
    }
    List<int[]> found = new ArrayList<>();
    ids.forEach((piece, id) -> {
      for (int at = 1; at < piece.length(); at++) {
        Integer left = ids.get(piece.substring(0, at));
        Integer right = ids.get(piece.substring(at));
        if (left != null && right != null) {
          found.add(new int[] {id, left, right});
        }
      }
    });
    found.sort(
        Comparator.<int[]>comparingDouble(merge -> -source.scores()[merge[0]])
            .thenComparingInt(merge -> merge[0])
            .thenComparingInt(merge -> merge[1]));
    return found.stream().map(each -> pair(tokens.get(each[1]), tokens.get(each[2]))).toList();
  }

  private static Json pair(String left, String right) {
    return new Json.Arr(List.of(Json.of(left), Json.of(right)));
  }

  /** What is put around a text. */
  private Json framing(boolean usually) {
    Json text = object("Sequence", object("id", Json.of("A"), "type_id", Json.of(0)));
    List<Json> single = new ArrayList<>(List.of(text));
    Map<String, Json> special = new LinkedHashMap<>();
    if (source.bos().isPresent() && source.addBos().orElse(usually)) {
      single.addFirst(frame(source.bos().getAsInt(), special));
    }
    if (source.eos().isPresent() && source.addEos().orElse(false)) {
      single.addLast(frame(source.eos().getAsInt(), special));
    }
    if (special.isEmpty()) {
      return Json.NULL;
    }
    Json other = object("Sequence", object("id", Json.of("B"), "type_id", Json.of(0)));
    List<Json> both = new ArrayList<>(single);
    for (Json each : single) {
      both.add(each.equals(text) ? other : each);
    }
    return object(
        "type", Json.of("TemplateProcessing"),
        "single", new Json.Arr(single),
        "pair", new Json.Arr(both),
        "special_tokens", new Json.Obj(special));
  }

  private Json frame(int id, Map<String, Json> special) {
    Json name = Json.of(tokens.get(id));
    special.put(
        tokens.get(id),
        object(
            "id", name,
            "ids", new Json.Arr(List.of(Json.of(id))),
            "tokens", new Json.Arr(List.of(name))));
    return object("SpecialToken", object("id", name, "type_id", Json.of(0)));
  }

  private static Json replace(String what, String by) {
    return object(
        "type", Json.of("Replace"),
        "pattern", object("String", Json.of(what)),
        "content", Json.of(by));
  }

  private static Json sequence(String name, Json... steps) {
    return object("type", Json.of("Sequence"), name, new Json.Arr(List.of(steps)));
  }
}
