package ai.pollux.engine;

/** Why a candidate has no more tokens. */
public enum FinishReason {
  /** An end token or a stop sequence. */
  STOP,
  /** As many tokens as the request or the context allows. */
  MAX_TOKENS,
  /** {@link Generation#cancel}, or the engine was closed. */
  CANCELLED
}
