package ai.pollux.torch;

import java.util.List;
import java.util.Map;

/** Moves parameters along their gradients. Owns what it remembers of them; close it after use. */
public interface Optimizer extends AutoCloseable {
  /** The parameters that it moves. */
  List<Parameter> parameters();

  /** Moves every parameter that has a gradient. The gradients stay. */
  void step(double learningRate);

  /**
   * What it remembers of a parameter, to be written to a checkpoint, by the names that PyTorch has
   * for it.
   *
   * @throws IllegalStateException if the parameter is none of its own
   */
  Map<String, float[]> state(Parameter parameter);

  /** Goes on from what a checkpoint says. */
  void restore(Parameter parameter, Map<String, float[]> state);

  @Override
  void close();
}
