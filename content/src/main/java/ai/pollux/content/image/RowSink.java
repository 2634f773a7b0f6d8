package ai.pollux.content.image;

/** Takes a picture row by row, from the top. */
interface RowSink {
  /** The next row: three bytes for each pixel. The array may be used again by the caller. */
  void row(byte[] rgb);
}
