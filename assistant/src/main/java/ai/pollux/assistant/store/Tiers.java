package ai.pollux.assistant.store;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Short names for models, {@code nano}, {@code pro} and {@code ultra} among them, kept in the
 * store's {@code tiers.properties}. Each stands for a name on the hub or for a path.
 */
final class Tiers {
  private static final String NAME = "[a-z][a-z0-9-]{0,30}";

  private final Path file;

  Tiers(Path file) {
    this.file = file;
  }

  /** What each stands for. */
  SortedMap<String, String> all() {
    SortedMap<String, String> tiers = new TreeMap<>();
    tiers.put("nano", "google/gemma-4-E2B-it");
    tiers.put("pro", "google/gemma-4-12B-it");
    tiers.put("ultra", "google/gemma-4-31B-it");
    tiers.putAll(saved());
    return tiers;
  }

  private SortedMap<String, String> saved() {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        properties.load(in);
      } catch (IOException | IllegalArgumentException e) {
        throw new StoreException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
      }
    }
    SortedMap<String, String> saved = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> saved.put(key, properties.getProperty(key)));
    return saved;
  }

  /** From now on {@code tier} stands for {@code model}. */
  void set(String tier, String model) throws IOException {
    if (!tier.matches(NAME)) {
      throw new StoreException(
          "tier: expected a short name in lower case like nano, found \"%s\"".formatted(tier));
    }
    Properties properties = new Properties();
    properties.putAll(saved());
    properties.setProperty(tier, model);
    StringWriter text = new StringWriter();
    properties.store(text, null);
    Manifests.write(file, text.toString());
  }
}
