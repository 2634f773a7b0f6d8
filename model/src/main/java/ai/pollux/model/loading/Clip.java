package ai.pollux.model.loading;

/**
 * What a GGUF projector says of one of its encoders.
 *
 * @param settings the keys under {@code clip.vision} or {@code clip.audio}
 * @param type the kind of encoder, like {@code gemma4v}
 */
public record Clip(Settings settings, String type) {
  private static final String TYPE = "projector_type";

  /**
   * The encoder of a medium. A file with one encoder may have its kind under {@code clip} itself.
   *
   * @param whole the settings of the whole file
   * @param medium {@code vision} or {@code audio}
   */
  public static Clip of(Settings whole, String medium) {
    Settings clip = whole.section("clip");
    Settings settings = clip.section(medium);
    return new Clip(settings, settings.text(TYPE, clip.text(TYPE, "nothing")));
  }

  /** The refusal of a kind that the decoder's family does not have. */
  public SettingException wrong(String expected) {
    return new SettingException(settings.file(), "clip." + TYPE, expected, type);
  }
}
