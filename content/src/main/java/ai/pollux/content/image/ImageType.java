package ai.pollux.content.image;

/** The kinds of files that {@link ImageReader} reads. */
enum ImageType {
  JPEG("JPEG"),
  PNG("PNG"),
  WEBP("WebP"),
  GIF("GIF"),
  BMP("BMP"),
  AVIF("AVIF");

  private final String title;

  ImageType(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
