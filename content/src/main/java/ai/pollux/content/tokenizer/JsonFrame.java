package ai.pollux.content.tokenizer;

import java.util.OptionalInt;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What a {@code tokenizer.json}'s post-processor puts around a text. */
final class JsonFrame {
  private JsonFrame() {}

  /** Appends the ids in front of and behind a single text. Unknown processors add nothing. */
  static void collect(
      JsonNode processor, Function<String, OptionalInt> ids, IntList before, IntList behind) {
    switch (processor.path("type").asString("")) {
      case "Sequence" ->
          processor.path("processors").forEach(each -> collect(each, ids, before, behind));
      case "TemplateProcessing" -> {
        boolean seenText = false;
        for (JsonNode part : processor.path("single")) {
          if (part.has("Sequence")) {
            seenText = true;
          } else {
            String piece = part.path("SpecialToken").path("id").asString("");
            add(template(processor, piece, ids), seenText ? behind : before);
          }
        }
      }
      case "BertProcessing", "RobertaProcessing" -> {
        add(ids.apply(processor.path("cls").path(0).asString("")), before);
        add(ids.apply(processor.path("sep").path(0).asString("")), behind);
      }
      default -> {}
    }
  }

  /** The template names its ids itself, under a name that need not be a piece. */
  private static OptionalInt template(
      JsonNode processor, String name, Function<String, OptionalInt> ids) {
    JsonNode listed = processor.path("special_tokens").path(name).path("ids").path(0);
    return listed.isInt() ? OptionalInt.of(listed.intValue()) : ids.apply(name);
  }

  private static void add(OptionalInt id, IntList ids) {
    if (id.isPresent()) {
      ids.add(id.getAsInt());
    }
  }
}
