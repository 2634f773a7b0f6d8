package ai.pollux.model.families;

/** Any bytes as a safetensors file. */
public final class SafetensorsFuzz {
  private static final OpenedFile FILE = OpenedFile.inNewFolder("safetensors");

  private SafetensorsFuzz() {}

  /** Called by Jazzer, and for each input that was found. */
  public static void fuzzerTestOneInput(byte[] file) {
    FILE.with("model.safetensors", file).read("model.safetensors");
  }
}
