package ai.pollux.content;

/** How finely images, pages and frames are to be looked at: more tokens show more. */
public enum MediaResolution {
  /** What the model's own settings say. */
  DEFAULT,
  LOW,
  MEDIUM,
  HIGH,
  ULTRA_HIGH
}
