package ai.pollux.model.families;

/** Any bytes as a GGUF file. */
public final class GgufFuzz {
  private static final OpenedFile FILE = OpenedFile.inNewFolder("gguf");

  private GgufFuzz() {}

  /** Called by Jazzer, and for each input that was found. */
  public static void fuzzerTestOneInput(byte[] file) {
    FILE.with("model.gguf", file).read("model.gguf");
  }
}
