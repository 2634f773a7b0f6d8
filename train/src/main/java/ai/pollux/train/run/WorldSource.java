package ai.pollux.train.run;

import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.World;

/**
 * Problems of a world as samples.
 *
 * @param form as running text or as conversations
 */
record WorldSource(String name, World world, Split split, Form form) implements Source {
  /** So many problems that no run sees one twice. */
  private static final long PROBLEMS = 1L << 40;

  /** How a problem is written. */
  enum Form {
    DOCUMENT,
    DIALOGUE
  }

  @Override
  public long size() {
    return PROBLEMS;
  }

  @Override
  public Sample sample(long index) {
    Problem problem = world.problem(split, index);
    return switch (form) {
      case DOCUMENT -> problem.document();
      case DIALOGUE -> problem.dialogue();
    };
  }
}
