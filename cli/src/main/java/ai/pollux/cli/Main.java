package ai.pollux.cli;

/** Placeholder until commands land. */
final class Main {
  private Main() {}

  public static void main(String[] args) {}
}
