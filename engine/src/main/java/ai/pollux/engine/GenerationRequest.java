package ai.pollux.engine;

import ai.pollux.engine.sample.Sampling;
import ai.pollux.engine.sample.TokenConstraint;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to continue, and how far.
 *
 * @param prompt token ids, at least one
 * @param media what its placeholders stand for, in order of their places, which lie apart
 * @param maxTokens the most tokens of an answer; the context may end it earlier
 * @param candidates how many answers, drawn independently
 * @param sampling how tokens are picked
 * @param endTokens ids that end an answer
 * @param stopSequences runs of ids that end an answer, wherever its steps fall
 * @param constraint what answers must belong to; end tokens are sampled where it allows them
 * @param ignoreStop go on to {@code maxTokens} whatever is sampled (for benchmarks)
 */
public record GenerationRequest(
    int[] prompt,
    List<PromptMedium> media,
    int maxTokens,
    int candidates,
    Sampling sampling,
    Set<Integer> endTokens,
    List<int[]> stopSequences,
    Optional<TokenConstraint> constraint,
    boolean ignoreStop) {
  public GenerationRequest {
    prompt = prompt.clone();
    media = List.copyOf(media);
    endTokens = Set.copyOf(endTokens);
    stopSequences = stopSequences.stream().map(int[]::clone).toList();
  }

  /** One greedy answer of at most 128 tokens, ended by nothing else. */
  public static GenerationRequest of(int... prompt) {
    return new GenerationRequest(
        prompt, List.of(), 128, 1, Sampling.GREEDY, Set.of(), List.of(), Optional.empty(), false);
  }

  /** A copy of the ids. */
  @Override
  public int[] prompt() {
    return prompt.clone();
  }

  /** How many ids the prompt has. */
  public int promptLength() {
    return prompt.length;
  }

  public GenerationRequest withMedia(List<PromptMedium> media) {
    return new GenerationRequest(
        prompt,
        media,
        maxTokens,
        candidates,
        sampling,
        endTokens,
        stopSequences,
        constraint,
        ignoreStop);
  }

  public GenerationRequest withMaxTokens(int maxTokens) {
    return new GenerationRequest(
        prompt,
        media,
        maxTokens,
        candidates,
        sampling,
        endTokens,
        stopSequences,
        constraint,
        ignoreStop);
  }

  public GenerationRequest withCandidates(int candidates) {
    return new GenerationRequest(
        prompt,
        media,
        maxTokens,
        candidates,
        sampling,
        endTokens,
        stopSequences,
        constraint,
        ignoreStop);
  }

  public GenerationRequest withSampling(Sampling sampling) {
    return new GenerationRequest(
        prompt,
        media,
        maxTokens,
        candidates,
        sampling,
        endTokens,
        stopSequences,
        constraint,
        ignoreStop);
  }

  public GenerationRequest withEndTokens(Set<Integer> endTokens) {
    return new GenerationRequest(
        prompt,
        media,
        maxTokens,
        candidates,
        sampling,
        endTokens,
        stopSequences,
        constraint,
        ignoreStop);
  }

  public GenerationRequest withStopSequences(List<int[]> stopSequences) {
    return new GenerationRequest(
        prompt,
        media,
        maxTokens,
        candidates,
        sampling,
        endTokens,
        stopSequences,
        constraint,
        ignoreStop);
  }

  /** With answers of this form alone. */
  public GenerationRequest withConstraint(TokenConstraint form) {
    return new GenerationRequest(
        prompt,
        media,
        maxTokens,
        candidates,
        sampling,
        endTokens,
        stopSequences,
        Optional.of(form),
        ignoreStop);
  }

  public GenerationRequest withIgnoreStop(boolean ignoreStop) {
    return new GenerationRequest(
        prompt,
        media,
        maxTokens,
        candidates,
        sampling,
        endTokens,
        stopSequences,
        constraint,
        ignoreStop);
  }
}
