package ai.pollux.model.loading;

/** A setting of a configuration that is absent, or not what it must be. */
public final class SettingException extends ModelException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final String key;

  /**
   * Like {@code config.json: text_config.hidden_size: expected a whole number from 1 to 16777216,
   * found "wide"}.
   *
   * @param key the setting's full name in that file
   */
  public SettingException(String file, String key, String expected, String found) {
    super("%s: %s: expected %s, found %s".formatted(file, key, expected, found));
    this.file = file;
    this.key = key;
  }

  /** The file that holds the setting. */
  public String file() {
    return file;
  }

  /** The setting's full name there. */
  public String key() {
    return key;
  }
}
