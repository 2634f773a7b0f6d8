package ai.pollux.server.live;

import ai.pollux.assistant.Usage;
import ai.pollux.server.gemini.FileOpener;

/** Who talks in a session: whose files it may show, and who counts its answers. */
public interface LiveCaller {
  /** What opens the files of its project. */
  FileOpener files();

  /**
   * An answer begins. Each that was begun ends once.
   *
   * @throws ai.pollux.server.gemini.ApiException RESOURCE_EXHAUSTED where a quota is used up
   */
  void begin();

  /** An answer has ended. */
  void end(Usage usage);
}
