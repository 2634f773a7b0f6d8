package ai.pollux.server.search;

import ai.pollux.server.search.StoredDocument.State;
import java.time.Instant;
import java.util.Optional;

/** The numbers of a store, kept with every change of a document. */
final class Counts {
  private Counts() {}

  /** The store when a document came, went, or changed. */
  static SearchStore changed(
      SearchStore store,
      Optional<StoredDocument> before,
      Optional<StoredDocument> after,
      Instant now) {
    return new SearchStore(
        store.id(),
        store.displayName(),
        store.embeddingModel(),
        store.created(),
        now,
        store.active() + change(before, after, State.ACTIVE),
        store.pending() + change(before, after, State.PENDING),
        store.failed() + change(before, after, State.FAILED),
        store.bytes() + bytes(after) - bytes(before));
  }

  private static long change(
      Optional<StoredDocument> before, Optional<StoredDocument> after, State state) {
    return count(after, state) - count(before, state);
  }

  private static long count(Optional<StoredDocument> document, State state) {
    return document.filter(each -> each.state() == state).isPresent() ? 1 : 0;
  }

  private static long bytes(Optional<StoredDocument> document) {
    return document.map(StoredDocument::bytes).orElse(0L);
  }
}
