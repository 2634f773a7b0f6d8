package ai.pollux.content.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * A Hugging Face {@code tokenizer.json}: <a
 * href="https://huggingface.co/docs/tokenizers/pipeline">its pipeline</a>.
 */
final class TokenizerJson {
  private final String where;
  private final TokenizerConfig config;
  private final TokenizerJsonFile file;
  private final JsonNode model;
  private final JsonNode added;
  private final Vocabulary vocabulary;
  private final JsonSteps.Cutting cutting;

  private TokenizerJson(TokenizerJsonFile file, String where, TokenizerConfig config) {
    this.where = where;
    this.config = config;
    this.file = file;
    this.model = file.model();
    this.added = file.sections().path("added_tokens");
    for (JsonNode each : added) {
      file.put(each.path("id").asInt(-1), each.path("content").asString(""));
    }
    this.cutting = new JsonSteps(where).cutting(file.sections().path("pre_tokenizer"));
    this.vocabulary = vocabulary();
  }

  static Tokenizer read(byte[] bytes, String where, TokenizerConfig config) {
    return new TokenizerJson(TokenizerJsonFile.parse(bytes, where), where, config).tokenizer();
  }

  private Tokenizer tokenizer() {
    JsonSteps steps = new JsonSteps(where);
    TextEncoder encoder =
        new TextEncoder(
            steps.normalizer(file.sections().path("normalizer")),
            added(true, true),
            Normalizer.sequence(cutting.preparations()),
            Splitter.sequence(splitters()),
            segmenter());
    return new PieceTokenizer(
        vocabulary, added(false, false), added(true, false), encoder, framing(), spacesToDrop());
  }

  private Vocabulary vocabulary() {
    String[] pieces = file.pieces();
    PieceType[] types = new PieceType[pieces.length];
    boolean hasBytes = model.path("byte_fallback").asBoolean(false);
    for (int id = 0; id < pieces.length; id++) {
      boolean isByte = hasBytes && Vocabulary.byteOf(pieces[id]) >= 0;
      types[id] = isByte ? PieceType.BYTE : PieceType.NORMAL;
    }
    for (JsonNode each : added) {
      boolean special = each.path("special").asBoolean(false);
      types[each.path("id").asInt()] = special ? PieceType.CONTROL : PieceType.USER_DEFINED;
    }
    Vocabulary typed = new Vocabulary(pieces, types, spelling());
    int unknown = unknown(typed);
    if (unknown >= 0) {
      types[unknown] = PieceType.UNKNOWN;
    }
    return typed;
  }

  private int unknown(Vocabulary pieces) {
    JsonNode id = model.path("unk_id");
    if (id.isInt()) {
      if (id.intValue() < 0 || id.intValue() >= pieces.size()) {
        throw file.malformed("model.unk_id inside the vocabulary", id.toString(), null);
      }
      return id.intValue();
    }
    return pieces.id(model.path("unk_token").asString(""));
  }

  private Vocabulary.Spelling spelling() {
    JsonNode decoder = file.sections().path("decoder");
    if (cutting.isByteLevel() || hasStep(decoder, "ByteLevel")) {
      return Vocabulary.Spelling.BYTES;
    }
    return hasStep(decoder, "Replace") || hasStep(decoder, "Metaspace")
        ? Vocabulary.Spelling.MARKED
        : Vocabulary.Spelling.PLAIN;
  }

  private List<Splitter> splitters() {
    List<Splitter> splitters = new ArrayList<>(cutting.splitters());
    if (!cutting.isByteLevel() && type().equals("BPE")) {
      splitters.add(new MarkSplitter(vocabulary));
    }
    return splitters;
  }

  private String type() {
    return model.path("type").asString("BPE");
  }

  private Segmenter segmenter() {
    Fallback fallback =
        new Fallback(
            vocabulary.byteIds(),
            unknown(vocabulary),
            model.path("fuse_unk").asBoolean(type().equals("Unigram")));
    return switch (type()) {
      case "BPE" -> bytePairs(fallback);
      case "Unigram" -> unigram(fallback);
      default ->
          throw new TokenizerException(
              where
                  + ", model.type: expected BPE or Unigram, found '"
                  + type()
                  + "'. This kind of tokenizer is not supported.");
    };
  }

  private Segmenter unigram(Fallback fallback) {
    float[] scores = new float[vocabulary.size()];
    float[] listed = file.scores();
    System.arraycopy(listed, 0, scores, 0, Math.min(listed.length, scores.length));
    return new Unigram(vocabulary, scores, fallback);
  }

  private Segmenter bytePairs(Fallback fallback) {
    for (String name : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      if (!model.path(name).asString("").isEmpty()) {
        throw new TokenizerException(
            where
                + ", model."
                + name
                + ": expected null, found "
                + model.path(name)
                + ". This kind of tokenizer is not supported.");
      }
    }
    MergeTable table = new MergeTable(vocabulary.index(), where + ", model.merges");
    List<String> merges = file.merges();
    for (int i = 0; i < merges.size(); i += 2) {
      table.add(merges.get(i), merges.get(i + 1));
    }
    if (!cutting.isByteLevel()) {
      return CharacterPairs.listed(vocabulary, table.merges(), fallback);
    }
    boolean takesWholeChunks = model.path("ignore_merges").asBoolean(false);
    Alphabet alphabet = new ByteAlphabet(vocabulary.index(), takesWholeChunks);
    return new CachedSegmenter(new BytePairs(alphabet, table.merges(), vocabulary, fallback));
  }

  /** The added pieces looked for in text as written, or in text that the normalizer rewrote. */
  private AddedPieces added(boolean specials, boolean normalized) {
    JsonSteps steps = new JsonSteps(where);
    Normalizer normalizer = steps.normalizer(file.sections().path("normalizer"));
    List<AddedPiece> pieces = new ArrayList<>();
    for (JsonNode each : added) {
      boolean special = each.path("special").asBoolean(false);
      String content = each.path("content").asString("");
      boolean wanted =
          each.path("normalized").asBoolean(!special) == normalized && (specials || !special);
      if (wanted && !content.isEmpty()) {
        pieces.add(
            new AddedPiece(
                each.path("id").asInt(),
                normalized ? normalizer.apply(content, false) : content,
                each.path("lstrip").asBoolean(false),
                each.path("rstrip").asBoolean(false),
                each.path("single_word").asBoolean(false)));
      }
    }
    pieces.removeIf(piece -> piece.text().isEmpty());
    return new AddedPieces(pieces);
  }

  private Framing framing() {
    IntList before = new IntList(2);
    IntList behind = new IntList(2);
    JsonFrame.collect(file.sections().path("post_processor"), this::id, before, behind);
    requireKnown(before);
    requireKnown(behind);
    OptionalInt bos = config.bos().map(this::id).orElse(OptionalInt.empty());
    if (bos.isEmpty() && config.bos().isEmpty() && before.size() > 0) {
      bos = OptionalInt.of(before.get(0));
    }
    OptionalInt eos = config.eos().map(this::id).orElse(OptionalInt.empty());
    return new Framing(bos, eos, before.toArray(), behind.toArray());
  }

  private void requireKnown(IntList frame) {
    for (int id : frame.toArray()) {
      if (id < 0 || id >= vocabulary.size()) {
        throw file.malformed("post_processor ids inside the vocabulary", "" + id, null);
      }
    }
  }

  private OptionalInt id(String piece) {
    int id = vocabulary.id(piece);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Strip drops a number of spaces, Metaspace the one that it put there. */
  private int spacesToDrop() {
    JsonNode decoder = file.sections().path("decoder");
    for (JsonNode step : steps(decoder)) {
      String type = step.path("type").asString("");
      if (type.equals("Strip") && step.path("content").asString("").equals(" ")) {
        return step.path("start").asInt(0);
      }
      boolean addsPrefix = step.path("add_prefix_space").asBoolean(true);
      String scheme = step.path("prepend_scheme").asString(addsPrefix ? "always" : "never");
      if (type.equals("Metaspace") && !scheme.equals("never")) {
        return 1;
      }
    }
    return 0;
  }

  private static boolean hasStep(JsonNode decoder, String type) {
    for (JsonNode step : steps(decoder)) {
      if (step.path("type").asString("").equals(type)) {
        return true;
      }
    }
    return false;
  }

  private static List<JsonNode> steps(JsonNode decoder) {
    List<JsonNode> steps = new ArrayList<>();
    if (decoder.path("decoders").isArray()) {
      decoder.path("decoders").forEach(steps::add);
    } else {
      steps.add(decoder);
    }
    return steps;
  }
}
