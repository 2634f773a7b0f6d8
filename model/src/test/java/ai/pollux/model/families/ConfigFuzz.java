package ai.pollux.model.families;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Any bytes as the {@code config.json} beside the weights of a small Llama. */
public final class ConfigFuzz {
  private static final OpenedFile FILE =
      OpenedFile.inNewFolder("config").with("model.safetensors", weights());

  private ConfigFuzz() {}

  /** Called by Jazzer, and for each input that was found. */
  public static void fuzzerTestOneInput(byte[] file) {
    FILE.with("config.json", file).read("model.safetensors");
  }

  /** A Llama of one block, sizes 4 and 8. */
  static byte[] weights() {
    try (InputStream in = ConfigFuzz.class.getResourceAsStream("/fuzz/safetensors/llama")) {
      return Objects.requireNonNull(in, "/fuzz/safetensors/llama").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
