package ai.pollux.eval;

/** A fixed list of questions. Made question by question, so that a large one takes no memory. */
public interface Benchmark {
  /** Its name on the command line. */
  String name();

  /** How many questions there are. */
  int size();

  /**
   * One of them; the same one each time.
   *
   * @param index from 0
   */
  Question question(int index);
}
