package ai.pollux.cli;

import java.io.Console;

/** Whether a person looks on. */
final class Screen {
  private Screen() {}

  /**
   * Whether standard input and output are a terminal; pipes get neither bars nor extra newlines.
   */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 is back to null where there is no terminal.
  static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
