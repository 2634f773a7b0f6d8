package ai.pollux.assistant.media;

/** What tokens of a prompt stand for. */
public enum Modality {
  TEXT,
  IMAGE,
  AUDIO,
  VIDEO,
  DOCUMENT
}
