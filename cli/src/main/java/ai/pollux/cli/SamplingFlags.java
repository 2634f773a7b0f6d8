package ai.pollux.cli;

import ai.pollux.engine.sample.Sampling;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How tokens are picked; what is not given is as the checkpoint recommends. */
final class SamplingFlags {
  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "0 always takes the likeliest token; higher is bolder.")
  @Nullable Float temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Choose among the K likeliest tokens; 0 for all.")
  @Nullable Integer topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Choose among the likeliest tokens that make up P together.")
  @Nullable Float topP;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      description = "Choose among tokens at least P times as likely as the best.")
  @Nullable Float minP;

  @Option(
      names = "--presence-penalty",
      paramLabel = "X",
      description = "Taken off the score of tokens already written.")
  @Nullable Float presencePenalty;

  @Option(
      names = "--frequency-penalty",
      paramLabel = "X",
      description = "Taken off the score for each time a token was written.")
  @Nullable Float frequencyPenalty;

  @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same answer.")
  @Nullable Long seed;

  @Option(
      names = {"-n", "--max-tokens"},
      paramLabel = "N",
      description = "The most tokens to write (default: as many as the context holds).")
  @Nullable Integer maxTokens;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "End before this text; may be given several times.")
  List<String> stops = List.of();

  /** The given flags over the checkpoint's defaults. */
  Sampling over(Sampling defaults) {
    Sampling sampling = defaults;
    sampling = temperature == null ? sampling : sampling.withTemperature(temperature);
    sampling = topK == null ? sampling : sampling.withTopK(topK);
    sampling = topP == null ? sampling : sampling.withTopP(topP);
    sampling = minP == null ? sampling : sampling.withMinP(minP);
    sampling = seed == null ? sampling : sampling.withSeed(seed);
    return sampling.withPenalties(
        presencePenalty == null ? sampling.presencePenalty() : presencePenalty,
        frequencyPenalty == null ? sampling.frequencyPenalty() : frequencyPenalty);
  }

  OptionalInt maxTokens() {
    return maxTokens == null ? OptionalInt.empty() : OptionalInt.of(maxTokens);
  }
}
