package ai.pollux.server.http;

import ai.pollux.server.store.FileStore;
import ai.pollux.server.store.UploadDraft;
import io.helidon.webserver.http.ServerRequest;

/** What uploads at one address are for. */
interface UploadTarget {
  /** The address, without origin and query. */
  String path();

  /**
   * What is known before the bytes come.
   *
   * @param description JSON; may be empty
   * @param type what the client declares; may be empty
   * @param fileName likewise
   * @param bytes how many will come; -1 where nobody says
   * @throws ai.pollux.server.gemini.ApiException if it is refused
   */
  UploadDraft draft(byte[] description, String type, String fileName, long bytes);

  /** Makes of an upload what it is for. The answer to the last request. */
  Object finish(FileStore store, String token, ServerRequest request) throws InterruptedException;
}
