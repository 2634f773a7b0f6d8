package ai.pollux.content.template.jinja;

/**
 * One rendering: the line it is at and what it may still use. A template comes with a checkpoint,
 * that is, from a stranger: it must not hang, exhaust the heap, or end the thread's stack.
 */
final class Run {
  private final JinjaLimits limits;
  private long steps;
  private long characters;
  private int depth;
  private int line = 1;

  Run(JinjaLimits limits) {
    this.limits = limits;
  }

  /** Notes where we are; every error names it. */
  void at(int newLine) {
    line = newLine;
    step(1);
  }

  void step(long count) {
    steps += count;
    if (steps > limits.steps()) {
      throw error("the template took more than " + limits.steps() + " steps: it is taken to hang");
    }
  }

  /** Accounts for text that is made. */
  void text(long length) {
    characters += length;
    if (characters > limits.characters()) {
      throw error("the template made more than " + limits.characters() + " characters of text");
    }
  }

  void enter() {
    if (++depth > limits.depth()) {
      throw error("the template nests or calls itself deeper than " + limits.depth() + " levels");
    }
  }

  void leave() {
    depth--;
  }

  JinjaException error(String message) {
    return new JinjaException(line, message);
  }
}
