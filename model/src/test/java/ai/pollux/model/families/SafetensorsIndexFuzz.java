package ai.pollux.model.families;

/** Any bytes as the index of a folder of safetensors, beside one that is whole. */
public final class SafetensorsIndexFuzz {
  private static final String INDEX = "model.safetensors.index.json";
  private static final OpenedFile FILE =
      OpenedFile.inNewFolder("index").with("a.safetensors", ConfigFuzz.weights());

  private SafetensorsIndexFuzz() {}

  /** Called by Jazzer, and for each input that was found. */
  public static void fuzzerTestOneInput(byte[] file) {
    FILE.with(INDEX, file).read(INDEX);
  }
}
