package ai.pollux.content.reader;

import ai.pollux.content.video.FrameSampling;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;

/** What a process is asked to read of a file. */
sealed interface Job {
  /** All of a picture. */
  record Picture() implements Job {}

  /** The sound between two times. */
  record Sound(Duration from, Duration to) implements Job {}

  /** The frames between two times. */
  record Video(Duration from, Duration to, FrameSampling sampling) implements Job {}

  /**
   * The pages of a PDF.
   *
   * @param pixels about how many the picture of a page has; 0 for text alone
   */
  record Pdf(int pixels) implements Job {}

  /** What messages call the file. */
  default String what() {
    return switch (this) {
      case Picture _ -> "picture";
      case Sound _ -> "sound";
      case Video _ -> "video";
      case Pdf _ -> "PDF";
    };
  }

  /** Writes it so that {@link #read} reads it. */
  default void write(DataOutputStream out) throws IOException {
    switch (this) {
      case Picture() -> out.writeByte('I');
      case Sound(Duration from, Duration to) -> {
        out.writeByte('S');
        out.writeLong(from.toNanos());
        out.writeLong(to.toNanos());
      }
      case Video(Duration from, Duration to, FrameSampling sampling) -> {
        out.writeByte('V');
        out.writeLong(from.toNanos());
        out.writeLong(to.toNanos());
        write(sampling, out);
      }
      case Pdf(int pixels) -> {
        out.writeByte('P');
        out.writeInt(pixels);
      }
    }
  }

  private static void write(FrameSampling sampling, DataOutputStream out) throws IOException {
    switch (sampling) {
      case FrameSampling.Count(int count) -> {
        out.writeDouble(0);
        out.writeInt(count);
      }
      case FrameSampling.Rate(double perSecond, int most) -> {
        out.writeDouble(perSecond);
        out.writeInt(most);
      }
    }
  }

  /** What {@link #write} wrote. */
  static Job read(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 'I' -> new Picture();
      case 'S' -> new Sound(Duration.ofNanos(in.readLong()), Duration.ofNanos(in.readLong()));
      case 'V' ->
          new Video(Duration.ofNanos(in.readLong()), Duration.ofNanos(in.readLong()), sampling(in));
      case 'P' -> new Pdf(in.readInt());
      default -> throw new IOException("no kind of file is called " + kind);
    };
  }

  private static FrameSampling sampling(DataInputStream in) throws IOException {
    double perSecond = in.readDouble();
    int count = in.readInt();
    return perSecond == 0
        ? new FrameSampling.Count(count)
        : new FrameSampling.Rate(perSecond, count);
  }
}
