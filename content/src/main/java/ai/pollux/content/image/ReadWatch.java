package ai.pollux.content.image;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Looks over the shoulder of a decoder: stops it when its time is up, or when it has given the rows
 * that were asked for, and hears when data were missing.
 */
final class ReadWatch implements IIOReadProgressListener, IIOReadWarningListener {
  private final long deadline;
  private double enough = Double.POSITIVE_INFINITY;
  private boolean isLate;
  private boolean isCut;

  /**
   * A watch for one reading.
   *
   * @param deadline of {@link System#nanoTime}
   */
  ReadWatch(long deadline) {
    this.deadline = deadline;
  }

  /** Stops the next decoding when it has gone through more than this part of the rows. */
  void stopBehind(double share) {
    enough = 100 * share;
  }

  /** Whether time was up. */
  boolean isLate() {
    return isLate || System.nanoTime() - deadline > 0;
  }

  /** Whether the decoder made up data that the file lacks. */
  boolean isCut() {
    return isCut;
  }

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {
    isLate = isLate();
    if (isLate || percentageDone > enough) {
      source.abort();
    }
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    // libjpeg goes on with gray where it lacks data, and says so once, in one of these ways
    isCut |= warning.contains("premature end") || warning.contains("Truncated File");
  }

  @Override
  public void sequenceStarted(ImageReader source, int minIndex) {}

  @Override
  public void sequenceComplete(ImageReader source) {}

  @Override
  public void imageStarted(ImageReader source, int imageIndex) {}

  @Override
  public void imageComplete(ImageReader source) {}

  @Override
  public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

  @Override
  public void thumbnailProgress(ImageReader source, float percentageDone) {}

  @Override
  public void thumbnailComplete(ImageReader source) {}

  @Override
  public void readAborted(ImageReader source) {}
}
