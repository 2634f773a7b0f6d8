package ai.pollux.model.families;

/** Any bytes as a llama2.c checkpoint. */
public final class Llama2cFuzz {
  private static final OpenedFile FILE = OpenedFile.inNewFolder("llama2c");

  private Llama2cFuzz() {}

  /** Called by Jazzer, and for each input that was found. */
  public static void fuzzerTestOneInput(byte[] file) {
    FILE.with("model.bin", file).read("model.bin");
  }
}
