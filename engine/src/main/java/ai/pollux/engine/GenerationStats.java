package ai.pollux.engine;

/**
 * What a generation took so far.
 *
 * @param promptTokens the length of the prompt
 * @param cachedTokens how many of them were found in the cache, left there by earlier requests
 * @param sampledTokens tokens of all candidates
 * @param firstTokenNanos from submission to the first token; -1 before there is one
 * @param elapsedNanos from submission to the last token so far
 */
public record GenerationStats(
    int promptTokens,
    int cachedTokens,
    int sampledTokens,
    long firstTokenNanos,
    long elapsedNanos) {}
