package ai.pollux.train.run;

import ai.pollux.torch.Parameters;
import ai.pollux.torch.ProcessGroup;
import java.util.Optional;

/**
 * The processes that train one model together. Each reads the same data in the same order and
 * learns from every n-th batch of a step; gradients are summed up, and all take the same step. The
 * first leads: it alone measures and writes.
 */
public final class Team implements AutoCloseable {
  private final Optional<ProcessGroup> group;

  private Team(Optional<ProcessGroup> group) {
    this.group = group;
  }

  /** A process by itself. */
  public static Team alone() {
    return new Team(Optional.empty());
  }

  /** The processes of a group, which is closed with the team. */
  public static Team of(ProcessGroup group) {
    return new Team(Optional.of(group));
  }

  int rank() {
    return group.map(ProcessGroup::rank).orElse(0);
  }

  int size() {
    return group.map(ProcessGroup::size).orElse(1);
  }

  boolean isLead() {
    return rank() == 0;
  }

  /** The sum of a number over all processes. */
  double sum(double value) {
    return group.map(all -> all.sum(value)).orElse(value);
  }

  /** Whether it holds in some process. */
  boolean any(boolean holds) {
    return sum(holds ? 1 : 0) > 0;
  }

  /** Gives each parameter the sum of its gradients in all processes. */
  void sumGradients(Parameters parameters) {
    group.ifPresent(all -> all.sumGradients(parameters));
  }

  @Override
  public void close() {
    group.ifPresent(ProcessGroup::close);
  }
}
