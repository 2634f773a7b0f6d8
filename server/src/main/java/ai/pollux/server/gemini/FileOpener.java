package ai.pollux.server.gemini;

import ai.pollux.content.Media;

/** Finds the bytes behind the address in a {@code fileData}. */
@FunctionalInterface
public interface FileOpener {
  /**
   * The bytes.
   *
   * @param uri as the client wrote it
   * @param mimeType what the client says they are; empty where it says nothing
   * @param place where in the body, for messages
   * @throws ApiException if there is no such file, or its address is of a kind that is not opened
   */
  Media open(String uri, String mimeType, String place);
}
