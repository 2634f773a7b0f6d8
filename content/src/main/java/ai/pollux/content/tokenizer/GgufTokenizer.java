package ai.pollux.content.tokenizer;

import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The tokenizer that a GGUF file's metadata describes, by llama.cpp's rules. */
final class GgufTokenizer {
  private static final Pattern SINGLE_NUMBER = Pattern.compile("\\p{N}");

  private final GgufVocabulary source;
  private final String where;
  private final Vocabulary vocabulary;

  private GgufTokenizer(GgufVocabulary source, String where) {
    this.source = source;
    this.where = where;
    boolean bytes = source.model().equals("gpt2");
    this.vocabulary =
        new Vocabulary(
            source.tokens().toArray(new String[0]),
            types(),
            bytes ? Vocabulary.Spelling.BYTES : Vocabulary.Spelling.MARKED);
  }

  static Tokenizer of(GgufVocabulary source, String where) {
    return new GgufTokenizer(source, where).tokenizer();
  }

  private Tokenizer tokenizer() {
    boolean sentencePiece = !source.model().equals("gpt2");
    TextEncoder encoder =
        switch (source.model()) {
          case "llama" -> marked(scored(), source.addSpacePrefix().orElse(true));
          case "gemma4" -> marked(listed(), source.addSpacePrefix().orElse(false));
          case "gpt2" -> byteLevel();
          default ->
              throw new TokenizerException(
                  where
                      + ", tokenizer.ggml.model: expected llama, gpt2 or gemma4, found '"
                      + source.model()
                      + "'. Give the model's own tokenizer.json or tokenizer.model instead.");
        };
    boolean prefix = source.model().equals("llama") && source.addSpacePrefix().orElse(true);
    boolean addsBos = source.addBos().orElse(sentencePiece || preTokenizer().equals("llama-bpe"));
    return new PieceTokenizer(
        vocabulary,
        added(false),
        added(true),
        encoder,
        Framing.of(
            inside(source.bos(), "bos_token_id"),
            addsBos,
            inside(source.eos(), "eos_token_id"),
            source.addEos().orElse(false)),
        prefix ? 1 : 0);
  }

  private TextEncoder marked(Segmenter segmenter, boolean addsPrefix) {
    Normalizer mark = Normalizer.replace(" ", String.valueOf(Vocabulary.MARK));
    Normalizer prefix = Normalizer.prepend(" ");
    return new TextEncoder(
        addsPrefix ? Normalizer.sequence(List.of(prefix, mark)) : mark,
        new AddedPieces(List.of()),
        Normalizer.none(),
        new MarkSplitter(vocabulary),
        segmenter);
  }

  private Segmenter scored() {
    float[] scores = source.scores();
    if (scores.length != vocabulary.size()) {
      throw new TokenizerException(
          where
              + ", tokenizer.ggml.scores: expected one per token ("
              + vocabulary.size()
              + "), found "
              + scores.length
              + ". Convert the model to GGUF again.");
    }
    return CharacterPairs.scored(vocabulary, scores, fallback());
  }

  private Segmenter listed() {
    return CharacterPairs.listed(vocabulary, merges(), fallback());
  }

  private TextEncoder byteLevel() {
    boolean takesWholeChunks = preTokenizer().equals("llama-bpe");
    Alphabet alphabet = new ByteAlphabet(vocabulary.index(), takesWholeChunks);
    Segmenter pairs = new BytePairs(alphabet, merges(), vocabulary, fallback());
    // The format does not name normalizers; Qwen's tokenizer.json has this one.
    boolean composes = preTokenizer().equals("qwen2");
    return new TextEncoder(
        composes ? Normalizer.unicode(Form.NFC) : Normalizer.none(),
        new AddedPieces(List.of()),
        Normalizer.none(),
        splitter(),
        new CachedSegmenter(pairs));
  }

  private String preTokenizer() {
    return switch (source.preTokenizer()) {
      case "llama3", "llama-v3", "llama-bpe", "falcon3" -> "llama-bpe";
      default -> source.preTokenizer();
    };
  }

  /** The split patterns that llama.cpp has under the name in {@code tokenizer.ggml.pre}. */
  private Splitter splitter() {
    return switch (preTokenizer()) {
      case "llama-bpe", "dbrx", "smaug-bpe", "chatglm-bpe" ->
          new WordSplitter(WordSplitter.Rules.LLAMA3);
      case "qwen2", "stablelm2", "hunyuan", "deepseek-r1-qwen", "megrez" ->
          new WordSplitter(WordSplitter.Rules.QWEN2);
      case "gpt-2", "default", "phi-2", "mpt", "olmo", "jais", "roberta-bpe" ->
          new WordSplitter(WordSplitter.Rules.GPT2);
      case "starcoder", "refact", "command-r", "smollm", "codeshell", "exaone", "minerva-7b" ->
          Splitter.sequence(
              List.of(
                  new PatternSplitter(SINGLE_NUMBER, PatternSplitter.Behavior.ISOLATED, false),
                  new WordSplitter(WordSplitter.Rules.GPT2)));
      default ->
          throw new TokenizerException(
              where
                  + ", tokenizer.ggml.pre: expected a split pattern that is known (llama-bpe,"
                  + " qwen2, gpt-2, starcoder, ...), found '"
                  + source.preTokenizer()
                  + "'. Give the model's own tokenizer.json instead.");
    };
  }

  private Merges merges() {
    MergeTable table = new MergeTable(vocabulary.index(), where + ", tokenizer.ggml.merges");
    for (String merge : source.merges()) {
      int space = merge.indexOf(' ', 1);
      if (space < 0) {
        throw table.malformed(merge);
      }
      table.add(merge.substring(0, space), merge.substring(space + 1));
    }
    return table.merges();
  }

  private Fallback fallback() {
    OptionalInt unknown = inside(source.unknown(), "unknown_token_id");
    return new Fallback(vocabulary.byteIds(), unknown.orElse(-1), false);
  }

  private AddedPieces added(boolean control) {
    List<AddedPiece> added = new ArrayList<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      boolean wanted =
          switch (vocabulary.type(id)) {
            case CONTROL, UNKNOWN -> control;
            case USER_DEFINED -> true;
            case NORMAL, UNUSED, BYTE -> false;
          };
      if (wanted && !vocabulary.piece(id).isEmpty()) {
        added.add(new AddedPiece(id, vocabulary.piece(id)));
      }
    }
    return new AddedPieces(added);
  }

  private PieceType[] types() {
    PieceType[] types = new PieceType[source.tokens().size()];
    int[] codes = source.tokenTypes();
    if (codes.length != 0 && codes.length != types.length) {
      throw new TokenizerException(
          where
              + ", tokenizer.ggml.token_type: expected one per token ("
              + types.length
              + "), found "
              + codes.length
              + ". Convert the model to GGUF again.");
    }
    for (int id = 0; id < types.length; id++) {
      types[id] =
          codes.length == 0
              ? PieceType.NORMAL
              : PieceType.of(codes[id], where + ", tokenizer.ggml.token_type[" + id + "]");
      boolean isByte = types[id] == PieceType.BYTE;
      if (isByte && Vocabulary.byteOf(source.tokens().get(id)) < 0) {
        types[id] = PieceType.NORMAL; // some converters mark whole words as bytes
      }
    }
    return types;
  }

  private OptionalInt inside(OptionalInt id, String name) {
    if (id.isPresent() && (id.getAsInt() < 0 || id.getAsInt() >= vocabulary.size())) {
      throw new TokenizerException(
          where
              + ", tokenizer.ggml."
              + name
              + ": expected 0 to "
              + (vocabulary.size() - 1)
              + ", found "
              + id.getAsInt()
              + ". Convert the model to GGUF again.");
    }
    return id;
  }
}
