package ai.pollux.model;

/** What a model may read besides text. */
public enum MediaKind {
  /** Still images. */
  IMAGE,
  /** Sound. */
  AUDIO,
  /** Frames of a video, each read as an image. */
  VIDEO
}
