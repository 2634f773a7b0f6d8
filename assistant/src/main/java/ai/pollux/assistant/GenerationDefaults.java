package ai.pollux.assistant;

import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoint.Kind;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a checkpoint wants to be used where a request says nothing.
 *
 * @param endTokens ids that end an answer
 * @param sampling its recommended sampling, greedy where it says {@code do_sample: false};
 *     temperature 1 over all tokens where it has no opinion
 */
record GenerationDefaults(Set<Integer> endTokens, Sampling sampling) {
  /**
   * Pieces that end a turn, in the families' own spellings: not every checkpoint lists them among
   * its end tokens.
   */
  private static final List<String> TURN_ENDS =
      List.of("<turn|>", "<end_of_turn>", "<|eot_id|>", "<|im_end|>", "<|eom_id|>");

  GenerationDefaults {
    endTokens = Set.copyOf(endTokens);
  }

  static GenerationDefaults of(Checkpoint checkpoint, Tokenizer tokenizer) {
    JsonNode generation = json(checkpoint, "generation_config.json");
    Set<Integer> ends = new HashSet<>();
    addIds(generation.path("eos_token_id"), ends);
    if (ends.isEmpty()) {
      addIds(json(checkpoint, "config.json").path("eos_token_id"), ends);
    }
    for (String key : List.of("eos_token_id", "eot_token_id", "eom_token_id")) {
      OptionalLong id = checkpoint.metadata().whole("tokenizer.ggml." + key);
      if (id.isPresent()) {
        ends.add(Math.toIntExact(id.getAsLong()));
      }
    }
    tokenizer.eos().ifPresent(ends::add);
    for (String piece : TURN_ENDS) {
      tokenizer.id(piece).stream().filter(tokenizer::isControl).forEach(ends::add);
    }
    if (checkpoint.kind() == Kind.LLAMA2C) {
      // Stories are trained one after the other: the beginning of the next one is the end of this
      // one.
      tokenizer.bos().ifPresent(ends::add);
    }
    return new GenerationDefaults(ends, sampling(generation));
  }

  /** The same ends, tokens picked in another way. */
  GenerationDefaults changed(UnaryOperator<Sampling> change) {
    return new GenerationDefaults(endTokens, change.apply(sampling));
  }

  private static Sampling sampling(JsonNode generation) {
    JsonNode samples = generation.path("do_sample");
    if (samples.isBoolean() && !samples.booleanValue()) {
      return Sampling.GREEDY;
    }
    Sampling sampling = Sampling.of(1);
    if (generation.path("temperature").isNumber()) {
      sampling = sampling.withTemperature(generation.path("temperature").floatValue());
    }
    if (generation.path("top_k").isNumber()) {
      sampling = sampling.withTopK(generation.path("top_k").intValue());
    }
    if (generation.path("top_p").isNumber()) {
      sampling = sampling.withTopP(generation.path("top_p").floatValue());
    }
    return sampling;
  }

  private static void addIds(JsonNode ids, Set<Integer> ends) {
    if (ids.isIntegralNumber()) {
      ends.add(ids.intValue());
    }
    if (ids.isArray()) {
      ids.forEach(id -> ends.add(id.intValue()));
    }
  }

  private static JsonNode json(Checkpoint checkpoint, String file) {
    JsonMapper mapper = new JsonMapper();
    Optional<Path> path = checkpoint.companion(file);
    try {
      return path.isPresent() ? mapper.readTree(path.get()) : mapper.missingNode();
    } catch (JacksonException e) {
      throw new ModelException("%s: not JSON: %s".formatted(path.get(), e.getOriginalMessage()), e);
    }
  }
}
