package ai.pollux.server.http;

import ai.pollux.server.gemini.FileOpener;
import ai.pollux.server.live.LiveCaller;
import java.time.Instant;

/** Callers as live sessions see them: quotas count each answer, and the logs name it. */
record LiveCallers(ProjectFiles files, Accounting accounting) {
  private static final String METHOD = "WS";
  private static final int DONE = 200;

  /** A caller who opened this path. */
  LiveCaller of(Caller caller, String path) {
    FileOpener opener = files.of(caller);
    return new LiveCaller() {
      @Override
      public String project() {
        return caller.project();
      }

      @Override
      public FileOpener files() {
        return opener;
      }

      @Override
      public void opens() {
        accounting.audit(METHOD, path, caller, "begun");
      }

      @Override
      public Charge begin() {
        caller.key().ifPresent(accounting::requireGood);
        caller.key().ifPresent(accounting::begin);
        Instant began = Instant.now();
        return usage -> {
          Spent spent = new Spent();
          spent.add(usage);
          caller.key().ifPresent(key -> accounting.end(key, spent));
          accounting.log(METHOD, path, caller, spent, began, DONE);
        };
      }
    };
  }
}
