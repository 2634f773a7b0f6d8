package ai.pollux.content.tokenizer;

import ai.pollux.content.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a folder's tokenizer files say, in the words of GGUF: the same as llama.cpp's converter
 * makes of them.
 */
final class VocabularyFiles {
  private static final float LISTED = -1000;
  private static final float ABSENT = -10_000;

  /** Below the rank of any merge. */
  private static final float ABSENT_RANK = -1e9f;

  private static final Pattern BYTE = Pattern.compile("<0x[0-9A-Fa-f]{2}>");

  /** Of Gemma 4's control tokens those that an answer's reader has to see. */
  private static final Set<String> VISIBLE =
      Set.of(
          "<|channel>",
          "<channel|>",
          "<|tool_call>",
          "<tool_call|>",
          "<|tool_response>",
          "<tool_response|>",
          "<|\"|>");

  private final Path folder;
  private final int size;
  private final Json.Obj file;
  private final Json.Obj config;
  private final String[] tokens;
  private final float[] scores;
  private final int[] types;

  private VocabularyFiles(Path folder, int size) {
    this.folder = folder;
    this.size = size;
    file = object("tokenizer.json");
    config = object("tokenizer_config.json");
    tokens = new String[size];
    scores = new float[size];
    types = new int[size];
    for (int id = 0; id < size; id++) {
      tokens[id] = "[PAD" + id + "]";
    }
    Arrays.fill(types, PieceType.UNUSED.code());
  }

  /**
   * The vocabulary of a folder, filled up to a size.
   *
   * @param architecture as GGUF spells it
   * @param size V, the rows of the model's embedding
   */
  static GgufVocabulary read(Path folder, String architecture, int size) {
    VocabularyFiles files = new VocabularyFiles(folder, size);
    Path model = folder.resolve("tokenizer.model");
    if (!architecture.equals("gemma4") && Files.exists(model)) {
      files.sentencePiece(model);
      return files.vocabulary("llama", "default", List.of());
    }
    if (files.file.members().isEmpty()) {
      throw new TokenizerException(
          folder
              + ": expected tokenizer.json or tokenizer.model, found neither. Put the model's"
              + " own beside its weights.");
    }
    if (architecture.equals("gemma4")) {
      files.listed();
      return files.vocabulary("gemma4", "", files.merges());
    }
    if (files.fallsBackToBytes()) {
      files.ranked();
      return files.vocabulary("llama", "default", List.of());
    }
    files.bytes();
    return files.vocabulary("gpt2", files.preTokenizer(), files.merges());
  }

  private GgufVocabulary vocabulary(String model, String preTokenizer, List<String> merges) {
    boolean isGemma4 = model.equals("gemma4");
    boolean isGemma = isGemma4 || isOfGemma();
    return new GgufVocabulary(
        model,
        preTokenizer,
        List.of(tokens),
        model.equals("gpt2") ? new float[0] : scores,
        types,
        merges,
        special("bos"),
        special("eos"),
        special("unk"),
        isGemma4 ? Optional.of(true) : adds("bos"),
        isGemma4 ? Optional.empty() : adds("eos"),
        isGemma || (model.equals("llama") && addsNoSpace())
            ? Optional.of(false)
            : Optional.empty());
  }

  /** Whether {@code tokenizer.json}, if it is what was read, puts no space before a text. */
  private boolean addsNoSpace() {
    return !Files.exists(folder.resolve("tokenizer.model"))
        && !file.member("normalizer").toString().contains("Prepend");
  }

  /** Whether no space is put before a text, which SentencePiece's file says in its own way. */
  private boolean isOfGemma() {
    return text(config.member("tokenizer_class")).startsWith("Gemma");
  }

  private void sentencePiece(Path model) {
    SentencePieceModel read = SentencePieceModel.parse(bytes(model), model.toString());
    Arrays.fill(scores, ABSENT);
    for (int id = 0; id < Math.min(size, read.pieces().size()); id++) {
      PieceType type = read.types().get(id);
      tokens[id] = read.pieces().get(id);
      scores[id] = read.scores().get(id);
      // Its reader tells user-defined pieces by the list of added tokens alone.
      types[id] = (type == PieceType.USER_DEFINED ? PieceType.NORMAL : type).code();
    }
    if (config.member("added_tokens_decoder") instanceof Json.Obj added) {
      added
          .members()
          .forEach((id, token) -> {
            if (token instanceof Json.Obj fields) {
              add(Integer.parseInt(id), fields);
            }
          });
    }
  }

  private void add(int id, Json.Obj token) {
    if (id < size) {
      String text = text(token.member("content"));
      boolean special = isTrue(token.member("special")) || looksSpecial(text);
      types[id] = (special ? PieceType.CONTROL : PieceType.USER_DEFINED).code();
      tokens[id] = special ? text : text.replace(Vocabulary.MARK, ' ');
      scores[id] = LISTED;
    }
  }

  /** Gemma 4: all tokens as they are listed. */
  private void listed() {
    Arrays.fill(scores, LISTED);
    Set<String> control = new HashSet<>();
    config
        .members()
        .forEach((name, value) -> {
          if (name.endsWith("_token")) {
            control.add(
                value instanceof Json.Obj token ? text(token.member("content")) : text(value));
          }
        });
    words()
        .forEach((text, id) -> {
          if (id < size) {
            PieceType type = BYTE.matcher(text).matches() ? PieceType.BYTE : PieceType.NORMAL;
            type = control.contains(text) ? PieceType.CONTROL : type;
            tokens[id] = text;
            types[id] = (VISIBLE.contains(text) ? PieceType.USER_DEFINED : type).code();
          }
        });
  }

  /** Whether {@code tokenizer.json} is a SentencePiece model that was written anew. */
  private boolean fallsBackToBytes() {
    return file.member("model") instanceof Json.Obj model && isTrue(model.member("byte_fallback"));
  }

  /**
   * SentencePiece's pairs out of a list of merges: pieces that are merged earlier score higher, and
   * what no merge makes is never merged.
   */
  private void ranked() {
    Arrays.fill(scores, ABSENT_RANK);
    words()
        .forEach((text, id) -> {
          if (id < size) {
            boolean isByte = BYTE.matcher(text).matches();
            tokens[id] = text;
            types[id] = (isByte ? PieceType.BYTE : PieceType.NORMAL).code();
          }
        });
    Map<String, Integer> words = words();
    int rank = 0;
    for (Json merge : merged()) {
      int id = words.getOrDefault(joined(merge), -1);
      if (id >= 0 && id < size && scores[id] == ABSENT_RANK) {
        scores[id] = -rank;
      }
      rank++;
    }
    for (Json each : list(file.member("added_tokens"))) {
      // Runs of spaces are listed too, but stay pieces that merges make.
      if (each instanceof Json.Obj token
          && text(token.member("content")).indexOf(Vocabulary.MARK) < 0) {
        number(token.member("id")).ifPresent(id -> add(id, token));
      }
    }
    special("unk").ifPresent(id -> types[id] = PieceType.UNKNOWN.code());
  }

  private static String joined(Json merge) {
    return merge instanceof Json.Arr pair && pair.values().size() == 2
        ? text(pair.values().get(0)) + text(pair.values().get(1))
        : text(merge).replaceFirst(" ", "");
  }

  /** Byte-level pairs: what was added is control or user-defined, all else is text. */
  private void bytes() {
    words()
        .forEach((text, id) -> {
          if (id < size) {
            tokens[id] = text;
            types[id] = PieceType.NORMAL.code();
          }
        });
    for (Json each : list(file.member("added_tokens"))) {
      if (each instanceof Json.Obj token) {
        number(token.member("id")).ifPresent(id -> add(id, token));
      }
    }
  }

  /** All tokens of {@code tokenizer.json} with their ids. */
  private Map<String, Integer> words() {
    Map<String, Integer> words = new HashMap<>();
    if (file.member("model") instanceof Json.Obj model
        && model.member("vocab") instanceof Json.Obj vocabulary) {
      vocabulary.members().forEach((text, id) -> number(id).ifPresent(n -> words.put(text, n)));
    }
    for (Json each : list(file.member("added_tokens"))) {
      if (each instanceof Json.Obj token) {
        number(token.member("id")).ifPresent(id -> words.put(text(token.member("content")), id));
      }
    }
    return words;
  }

  private List<String> merges() {
    List<String> merges = new ArrayList<>();
    for (Json merge : merged()) {
      merges.add(
          merge instanceof Json.Arr pair && pair.values().size() == 2
              ? spaceless(pair.values().get(0)) + " " + spaceless(pair.values().get(1))
              : text(merge));
    }
    return merges;
  }

  private List<Json> merged() {
    return file.member("model") instanceof Json.Obj model
        ? list(model.member("merges"))
        : List.of();
  }

  /** A space inside a piece is moved out of the way of the one between the two. */
  private static String spaceless(Json piece) {
    return text(piece).replace(' ', '\u0120');
  }

  private String preTokenizer() {
    String steps = file.member("pre_tokenizer").toString();
    if (steps.contains("\\\\p{N}{1,3}")) {
      return "llama-bpe";
    }
    if (steps.contains("\\\\p{N}|")) {
      return "qwen2";
    }
    throw new TokenizerException(
        folder
            + "/tokenizer.json, pre_tokenizer: expected the split pattern of Llama 3 or Qwen, found "
            + (steps.length() > 80 ? steps.substring(0, 80) + " …" : steps)
            + ". Convert the model with llama.cpp's own converter.");
  }

  /** The id of a token that the configuration names. */
  private OptionalInt special(String name) {
    Json named = config.member(name + "_token");
    String text = named instanceof Json.Obj token ? text(token.member("content")) : text(named);
    int id = text.isEmpty() ? -1 : Arrays.asList(tokens).indexOf(text);
    return id < 0 ? number(object("config.json").member(name + "_token_id")) : OptionalInt.of(id);
  }

  /** Whether a token is put around a text, as far as the files say. */
  private Optional<Boolean> adds(String name) {
    Optional<Boolean> said =
        config.member("add_" + name + "_token") instanceof Json.Bool flag
            ? Optional.of(flag.value())
            : Optional.empty();
    if (!(file.member("post_processor") instanceof Json.Obj processor)) {
      return said;
    }
    List<Json> single = list(processor.member("single"));
    if (single.isEmpty()) {
      return said;
    }
    Json end = name.equals("bos") ? single.getFirst() : single.getLast();
    boolean framed =
        end instanceof Json.Obj piece
            && piece.member("SpecialToken") instanceof Json.Obj token
            && special(name).equals(number(idOf(text(token.member("id")))));
    return framed || name.equals("bos") ? Optional.of(framed || said.orElse(false)) : said;
  }

  private Json idOf(String token) {
    int id = Arrays.asList(tokens).indexOf(token);
    return id < 0 ? Json.NULL : Json.of(id);
  }

  private static boolean looksSpecial(String text) {
    return Set.of("<pad>", "<mask>", "<2mass>", "[@BOS@]").contains(text)
        || (text.startsWith("<|") && text.endsWith("|>"))
        || (text.startsWith("<unused") && text.endsWith(">"));
  }

  private Json.Obj object(String name) {
    Path path = folder.resolve(name);
    if (Files.notExists(path)) {
      return Json.Obj.EMPTY;
    }
    try {
      return Json.parse(Files.readString(path)) instanceof Json.Obj object
          ? object
          : Json.Obj.EMPTY;
    } catch (IOException | IllegalArgumentException e) {
      throw new TokenizerException(
          path + ": expected JSON, found " + e.getMessage() + ". Download the file again.", e);
    }
  }

  private static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new TokenizerException(
          path + ": expected a readable file, found " + e + ". Check the path.", e);
    }
  }

  private static List<Json> list(Json value) {
    return value instanceof Json.Arr array ? array.values() : List.of();
  }

  private static String text(Json value) {
    return value instanceof Json.Str string ? string.value() : "";
  }

  private static OptionalInt number(Json value) {
    return value instanceof Json.Int number
        ? OptionalInt.of(Math.toIntExact(number.value()))
        : OptionalInt.empty();
  }

  private static boolean isTrue(Json value) {
    return value instanceof Json.Bool flag && flag.value();
  }
}
