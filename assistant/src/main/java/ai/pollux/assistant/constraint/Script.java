package ai.pollux.assistant.constraint;

/** How characters are written. */
interface Script {
  /** Running text of so many characters. */
  Expr text(int least, int most);

  /** One character of a set. */
  Expr character(CodePoints set);
}
