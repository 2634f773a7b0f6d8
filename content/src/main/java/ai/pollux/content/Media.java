package ai.pollux.content;

/**
 * Bytes of an image, a sound, a video or a document.
 *
 * @param mimeType like {@code image/png}
 * @param bytes the encoded file; shared, not copied: nobody may change them. Two media are equal
 *     only where they share the array.
 */
public record Media(String mimeType, byte[] bytes) {
  @Override
  public String toString() {
    return mimeType + " of " + bytes.length + " bytes";
  }
}
