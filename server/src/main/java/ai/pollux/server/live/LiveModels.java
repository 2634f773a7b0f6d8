package ai.pollux.server.live;

import ai.pollux.assistant.Assistant;

/** Finds models by name. */
@FunctionalInterface
public interface LiveModels {
  /**
   * The model.
   *
   * @param name without {@code models/}
   * @throws ai.pollux.server.gemini.ApiException NOT_FOUND, or UNAVAILABLE while it is loaded
   */
  Assistant find(String name);
}
