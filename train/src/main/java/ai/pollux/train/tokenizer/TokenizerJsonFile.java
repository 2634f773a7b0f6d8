package ai.pollux.train.tokenizer;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A vocabulary as a {@code tokenizer.json} of Hugging Face's tokenizers, with the steps that Gemma
 * 4 publishes: spaces become {@code ▁}, pairs are joined, what has no piece becomes bytes.
 */
final class TokenizerJsonFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TrainedVocabulary vocabulary;
  private final List<String> control;

  private TokenizerJsonFile(TrainedVocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.control = vocabulary.settings().specials().control();
  }

  static byte[] bytes(TrainedVocabulary vocabulary) {
    return JSON.writerWithDefaultPrettyPrinter()
        .writeValueAsBytes(new TokenizerJsonFile(vocabulary).file());
  }

  private ObjectNode file() {
    ObjectNode file = JSON.createObjectNode();
    file.put("version", "1.0");
    file.putNull("truncation");
    file.putNull("padding");
    file.set("added_tokens", addedTokens());
    file.set("normalizer", replace(" ", String.valueOf(PieceRules.SPACE)));
    ObjectNode split = step("Split");
    split.putObject("pattern").put("String", " ");
    file.set("pre_tokenizer", split.put("behavior", "MergedWithPrevious").put("invert", false));
    file.set("post_processor", framing());
    ArrayNode decoders = step("Sequence").putArray("decoders");
    decoders.add(replace(String.valueOf(PieceRules.SPACE), " "));
    decoders.add(step("ByteFallback")).add(step("Fuse"));
    file.set("decoder", step("Sequence").set("decoders", decoders));
    file.set("model", model());
    return file;
  }

  private ArrayNode addedTokens() {
    ArrayNode added = JSON.createArrayNode();
    for (int id = 0; id < control.size(); id++) {
      ObjectNode token = added.addObject().put("id", id).put("content", control.get(id));
      List.of("single_word", "lstrip", "rstrip", "normalized")
          .forEach(each -> token.put(each, false));
      token.put("special", true);
    }
    List<String> fixed = vocabulary.settings().specials().userDefined();
    for (int i = 0; i < fixed.size(); i++) {
      if (!isMadeByMerges(fixed.get(i))) {
        ObjectNode token = added.addObject().put("id", control.size() + i);
        token.put("content", fixed.get(i));
        List.of("single_word", "lstrip", "rstrip", "normalized")
            .forEach(each -> token.put(each, false));
        token.put("special", false);
      }
    }
    return added;
  }

  /** Runs of one character are joined before anything else, so nothing has to look for them. */
  private static boolean isMadeByMerges(String piece) {
    return piece.codePoints().distinct().count() == 1;
  }

  private ObjectNode framing() {
    String bos = control.get(SpecialPieces.BOS);
    ObjectNode framing = step("TemplateProcessing");
    ArrayNode single = framing.putArray("single");
    single.add(special(bos)).add(sequence("A", 0));
    ArrayNode pair = framing.putArray("pair");
    pair.add(special(bos)).add(sequence("A", 0)).add(special(bos)).add(sequence("B", 0));
    ObjectNode token = framing.putObject("special_tokens").putObject(bos).put("id", bos);
    token.putArray("ids").add(SpecialPieces.BOS);
    token.putArray("tokens").add(bos);
    return framing;
  }

  private ObjectNode model() {
    ObjectNode model = step("BPE");
    model.putNull("dropout");
    model.put("unk_token", control.get(SpecialPieces.UNKNOWN));
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", true).put("byte_fallback", true).put("ignore_merges", false);
    ObjectNode ids = model.putObject("vocab");
    for (int id = 0; id < vocabulary.pieces().size(); id++) {
      ids.put(vocabulary.pieces().get(id).text(), id);
    }
    ArrayNode merges = model.putArray("merges");
    for (PieceMerges.Merge each : PieceMerges.of(vocabulary.pieces())) {
      merges.addArray().add(each.left()).add(each.right());
    }
    return model;
  }

  /** The {@code tokenizer_config.json} beside it. */
  static byte[] configuration(TrainedVocabulary vocabulary) {
    ObjectNode config = JSON.createObjectNode();
    config.put("tokenizer_class", "GemmaTokenizer");
    config.put("add_bos_token", true).put("add_eos_token", false);
    config.put("clean_up_tokenization_spaces", false);
    List<String> control = vocabulary.settings().specials().control();
    List<String> first = List.of("pad_token", "eos_token", "bos_token", "unk_token");
    for (int id = 0; id < first.size(); id++) {
      config.put(first.get(id), control.get(id));
    }
    ROLES.entrySet().stream()
        .filter(role -> control.contains(role.getValue()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(role -> config.put(role.getKey(), role.getValue()));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(config);
  }

  /** What Gemma 4's processor calls its control pieces. */
  private static final Map<String, String> ROLES =
      Map.ofEntries(
          Map.entry("mask_token", "<mask>"),
          Map.entry("boi_token", "<|image>"),
          Map.entry("image_token", "<|image|>"),
          Map.entry("eoi_token", "<image|>"),
          Map.entry("boa_token", "<|audio>"),
          Map.entry("audio_token", "<|audio|>"),
          Map.entry("eoa_token", "<audio|>"),
          Map.entry("video_token", "<|video|>"),
          Map.entry("sot_token", "<|turn>"),
          Map.entry("eot_token", "<turn|>"),
          Map.entry("soc_token", "<|channel>"),
          Map.entry("eoc_token", "<channel|>"),
          Map.entry("think_token", "<|think|>"),
          Map.entry("escape_token", "<|\"|>"),
          Map.entry("std_token", "<|tool>"),
          Map.entry("etd_token", "<tool|>"),
          Map.entry("stc_token", "<|tool_call>"),
          Map.entry("etc_token", "<tool_call|>"),
          Map.entry("str_token", "<|tool_response>"),
          Map.entry("etr_token", "<tool_response|>"));

  private static ObjectNode step(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static ObjectNode replace(String what, String with) {
    ObjectNode replace = step("Replace");
    replace.putObject("pattern").put("String", what);
    return replace.put("content", with);
  }

  private static ObjectNode special(String piece) {
    ObjectNode part = JSON.createObjectNode();
    part.putObject("SpecialToken").put("id", piece).put("type_id", 0);
    return part;
  }

  private static ObjectNode sequence(String name, int type) {
    ObjectNode part = JSON.createObjectNode();
    part.putObject("Sequence").put("id", name).put("type_id", type);
    return part;
  }
}
