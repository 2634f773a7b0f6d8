package ai.pollux.server.http;

import ai.pollux.assistant.Usage;
import ai.pollux.server.gemini.FileOpener;
import ai.pollux.server.live.LiveCaller;

/** Callers as live sessions see them. */
record LiveCallers(ProjectFiles files, Accounting accounting) {
  LiveCaller of(Caller caller) {
    FileOpener opener = files.of(caller);
    return new LiveCaller() {
      @Override
      public FileOpener files() {
        return opener;
      }

      @Override
      public void begin() {
        caller.key().ifPresent(accounting::begin);
      }

      @Override
      public void end(Usage usage) {
        Spent spent = new Spent();
        spent.add(usage);
        caller.key().ifPresent(key -> accounting.end(key, spent));
      }
    };
  }
}
