package ai.pollux.server.live;

import ai.pollux.assistant.Usage;
import ai.pollux.server.gemini.FileOpener;

/** Who talks in a session: whose files it may show, and who counts its answers. */
public interface LiveCaller {
  /** Whose conversations it may resume. */
  String project();

  /** What opens the files of its project. */
  FileOpener files();

  /** It opens a session; told before it is open. */
  void opens();

  /**
   * An answer begins.
   *
   * @throws ai.pollux.server.gemini.ApiException RESOURCE_EXHAUSTED where a quota is used up,
   *     PERMISSION_DENIED where its key was revoked
   */
  Charge begin();

  /** An answer that was begun, and ends once. */
  interface Charge {
    /** It has ended. */
    void end(Usage usage);
  }
}
