package ai.pollux.library;

/** What the JVM has to be started with. */
final class JvmFlags {
  static final String VECTORS = "jdk.incubator.vector";

  private JvmFlags() {}

  /**
   * Goes on where the Vector API is there.
   *
   * @throws PolluxException naming the flag, and where to write it
   */
  static void requireVectors(boolean isThere) {
    if (!isThere) {
      throw new PolluxException(
          """
          this JVM runs without the module jdk.incubator.vector, which Pollux computes with. Start it with
            java --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED ...
          Maven: <argLine>--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED</argLine> of maven-surefire-plugin, for tests
          Gradle: jvmArgs("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED") of the tasks test and run
          Anywhere: the environment variable JDK_JAVA_OPTIONS
          Or compute without it, many times slower: PolluxOptions.onReference()\
          """);
    }
  }

  static boolean haveVectors() {
    return ModuleLayer.boot().findModule(VECTORS).isPresent();
  }
}
