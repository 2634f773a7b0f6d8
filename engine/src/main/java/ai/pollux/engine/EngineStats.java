package ai.pollux.engine;

/**
 * The engine at one moment.
 *
 * @param running sequences that take part in steps (each candidate is one)
 * @param waiting requests that have not started, and sequences that gave their pages up
 * @param usedPages cache pages that running sequences hold
 * @param reusablePages cache pages that nobody holds, kept for later requests with the same prefix
 * @param freePages cache pages with nothing in them
 * @param promptTokens tokens of all prompts that were started
 * @param cachedTokens how many of them were found in the cache
 * @param sampledTokens tokens given out
 * @param preemptions how often a sequence gave its pages up to an older one
 * @param encodings how often an encoder ran; media seen lately are not encoded again
 * @param steps how often the model ran
 * @param stepSequences sequences of all steps together: by {@code steps}, how many share one
 * @param lastStepSequences sequences of the last step; 0 when nothing runs any more
 */
public record EngineStats(
    int running,
    int waiting,
    int usedPages,
    int reusablePages,
    int freePages,
    long promptTokens,
    long cachedTokens,
    long sampledTokens,
    long preemptions,
    long encodings,
    long steps,
    long stepSequences,
    int lastStepSequences) {}
