package ai.pollux.assistant.constraint;

/** Characters that stand for themselves. */
record PlainScript() implements Script {
  @Override
  public Expr text(int least, int most) {
    return new Expr.Repeat(character(CodePoints.ALL), least, most);
  }

  @Override
  public Expr character(CodePoints set) {
    return new Expr.Characters(set);
  }
}
