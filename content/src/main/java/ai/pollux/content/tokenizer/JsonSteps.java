package ai.pollux.content.tokenizer;

import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/** The normalizers and pre-tokenizers of a {@code tokenizer.json}, by their {@code type}. */
final class JsonSteps {
  private static final String DIGITS = "\\p{Nd}";

  private final String where;

  /** What pre-tokenizers ask for: text rewritten, then cut. */
  record Cutting(List<Normalizer> preparations, List<Splitter> splitters, boolean isByteLevel) {}

  JsonSteps(String where) {
    this.where = where;
  }

  /** The normalizer of a node; null and missing nodes leave text as it is. */
  Normalizer normalizer(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return Normalizer.none();
    }
    return switch (type(node)) {
      case "Sequence" -> {
        List<Normalizer> steps = new ArrayList<>();
        node.path("normalizers").forEach(step -> steps.add(normalizer(step)));
        yield Normalizer.sequence(steps);
      }
      case "Prepend" -> Normalizer.prepend(text(node, "prepend"));
      case "Replace" -> replace(node);
      case "NFC" -> Normalizer.unicode(Form.NFC);
      case "NFD" -> Normalizer.unicode(Form.NFD);
      case "NFKC" -> Normalizer.unicode(Form.NFKC);
      case "NFKD" -> Normalizer.unicode(Form.NFKD);
      case "Lowercase" -> Normalizer.lowercase();
      case "Strip" ->
          Normalizer.strip(
              node.path("strip_left").asBoolean(true), node.path("strip_right").asBoolean(true));
      case "Precompiled" -> precompiled(node);
      default -> throw unknown("normalizer", node, "Prepend, Replace, NFC, Precompiled, ...");
    };
  }

  /** The pre-tokenizers of a node, in order. */
  Cutting cutting(JsonNode node) {
    List<JsonNode> steps = new ArrayList<>();
    if (node.path("type").asString("").equals("Sequence")) {
      node.path("pretokenizers").forEach(steps::add);
    } else if (!node.isNull() && !node.isMissingNode()) {
      steps.add(node);
    }
    List<Normalizer> preparations = new ArrayList<>();
    List<Splitter> splitters = new ArrayList<>();
    boolean isByteLevel = false;
    for (JsonNode step : steps) {
      switch (type(step)) {
        case "Split" -> splitters.add(split(step));
        case "ByteLevel" -> {
          isByteLevel = true;
          if (step.path("add_prefix_space").asBoolean(true)) {
            preparations.add(Normalizer.prefix(' ', false));
          }
          if (step.path("use_regex").asBoolean(true)) {
            splitters.add(new WordSplitter(WordSplitter.Rules.GPT2));
          }
        }
        case "Metaspace" -> metaspace(step, preparations, splitters);
        case "Digits" -> {
          boolean each = step.path("individual_digits").asBoolean(false);
          splitters.add(isolated(each ? DIGITS : DIGITS + "+"));
        }
        case "Punctuation" -> splitters.add(isolated("\\p{P}"));
        case "WhitespaceSplit" -> splitters.add(removed("\\s+"));
        case "Whitespace" -> {
          splitters.add(removed("\\s+"));
          splitters.add(isolated("\\w+"));
        }
        default -> throw unknown("pre_tokenizer", step, "Split, ByteLevel, Metaspace, ...");
      }
    }
    return new Cutting(preparations, splitters, isByteLevel);
  }

  private void metaspace(JsonNode node, List<Normalizer> preparations, List<Splitter> splitters) {
    String mark = node.path("replacement").asString(String.valueOf(Vocabulary.MARK));
    preparations.add(Normalizer.replace(" ", mark));
    boolean addsPrefix = node.path("add_prefix_space").asBoolean(true);
    String scheme = node.path("prepend_scheme").asString(addsPrefix ? "always" : "never");
    if (!scheme.equals("never")) {
      preparations.add(Normalizer.prefix(mark.charAt(0), scheme.equals("first")));
    }
    if (node.path("split").asBoolean(true)) {
      Pattern pattern = Pattern.compile(Pattern.quote(mark));
      splitters.add(new PatternSplitter(pattern, PatternSplitter.Behavior.MERGED_WITH_NEXT, false));
    }
  }

  private Splitter split(JsonNode node) {
    PatternSplitter.Behavior behavior =
        switch (node.path("behavior").asString("")) {
          case "Isolated" -> PatternSplitter.Behavior.ISOLATED;
          case "Removed" -> PatternSplitter.Behavior.REMOVED;
          case "MergedWithPrevious" -> PatternSplitter.Behavior.MERGED_WITH_PREVIOUS;
          case "MergedWithNext" -> PatternSplitter.Behavior.MERGED_WITH_NEXT;
          case "Contiguous" -> PatternSplitter.Behavior.CONTIGUOUS;
          default -> throw unknown("Split.behavior", node, "Isolated, Removed, ...");
        };
    boolean inverted = node.path("invert").asBoolean(false);
    String regex = node.path("pattern").path("Regex").asString("");
    if (behavior == PatternSplitter.Behavior.ISOLATED
        || (behavior == PatternSplitter.Behavior.REMOVED && inverted)) {
      for (WordSplitter.Rules rules : WordSplitter.Rules.values()) {
        if (rules.pattern().equals(regex)) {
          return new WordSplitter(rules);
        }
      }
    }
    return new PatternSplitter(pattern(node), behavior, inverted);
  }

  private Normalizer replace(JsonNode node) {
    String content = text(node, "content");
    JsonNode target = node.path("pattern").path("String");
    return target.isString() && !target.stringValue().isEmpty()
        ? Normalizer.replace(target.stringValue(), content)
        : Normalizer.replace(pattern(node), content);
  }

  private Normalizer precompiled(JsonNode node) {
    try {
      byte[] blob = Base64.getDecoder().decode(text(node, "precompiled_charsmap"));
      return new SentencePieceNormalizer(
          Optional.of(new PrefixMap(blob, where + ", precompiled_charsmap")),
          new CharTrie(),
          false,
          false);
    } catch (IllegalArgumentException e) {
      throw new TokenizerException(
          where
              + ", normalizer.precompiled_charsmap: expected Base64, found "
              + e.getMessage()
              + ". The file is damaged; download it again.",
          e);
    }
  }

  private Pattern pattern(JsonNode node) {
    JsonNode pattern = node.path("pattern");
    try {
      return pattern.path("Regex").isString()
          ? compile(pattern.path("Regex").stringValue())
          : Pattern.compile(Pattern.quote(text(pattern, "String")));
    } catch (PatternSyntaxException e) {
      throw new TokenizerException(
          where
              + ": expected a regular expression that Java understands, found '"
              + e.getPattern()
              + "' ("
              + e.getDescription()
              + "). Please report this tokenizer.",
          e);
    }
  }

  private static Splitter isolated(String regex) {
    return new PatternSplitter(compile(regex), PatternSplitter.Behavior.ISOLATED, false);
  }

  private static Splitter removed(String regex) {
    return new PatternSplitter(compile(regex), PatternSplitter.Behavior.REMOVED, false);
  }

  private static Pattern compile(String regex) {
    return Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE);
  }

  private static String type(JsonNode node) {
    return node.path("type").asString("");
  }

  private String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isString()) {
      throw new TokenizerException(
          where
              + ", "
              + type(node)
              + "."
              + name
              + ": expected a text, found "
              + value
              + ". The file is damaged; download it again.");
    }
    return value.stringValue();
  }

  private TokenizerException unknown(String what, JsonNode node, String known) {
    return new TokenizerException(
        where
            + ", "
            + what
            + ": expected one of "
            + known
            + ", found "
            + node
            + ". This kind of tokenizer is not supported; use the model's tokenizer.model or GGUF.");
  }
}
