package ai.pollux.content.reader;

import ai.pollux.content.MediaLimits;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/** What goes to a process: a file, then as often as wanted the next piece of it, then its end. */
sealed interface Request {
  /** A piece of the file between two buffers. */
  int PIECE = 1 << 16;

  /**
   * A file to read.
   *
   * @param file its bytes, in {@code memory}, which the receiver closes
   */
  record Open(Job job, MediaLimits limits, Arena memory, MemorySegment file) implements Request {}

  /**
   * The next piece.
   *
   * @param number of samples at most, or of the page; of no meaning to frames
   */
  record Next(int number) implements Request {}

  /** The file is not needed any more. */
  record Close() implements Request {}

  /** Sends a file. */
  static void open(DataOutputStream out, Job job, MediaLimits limits, byte[] file)
      throws IOException {
    out.writeByte('O');
    job.write(out);
    out.writeLong(limits.pixels());
    out.writeLong(limits.duration().toNanos());
    out.writeInt(limits.pages());
    out.writeLong(limits.characters());
    out.writeLong(limits.time().toNanos());
    out.writeInt(file.length);
    out.write(file);
    out.flush();
  }

  /** Sends what {@link Next} says. */
  static void next(DataOutputStream out, int number) throws IOException {
    out.writeByte('N');
    out.writeInt(number);
    out.flush();
  }

  /** Sends what {@link Close} says. */
  static void close(DataOutputStream out) throws IOException {
    out.writeByte('C');
    out.flush();
  }

  /**
   * The next request.
   *
   * @throws EOFException at the end of all
   */
  static Request read(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 'O' -> readOpen(in);
      case 'N' -> new Next(in.readInt());
      case 'C' -> new Close();
      default -> throw new IOException("no request is called " + kind);
    };
  }

  @SuppressWarnings("MustBeClosedChecker") // the receiver closes it
  private static Request readOpen(DataInputStream in) throws IOException {
    Job job = Job.read(in);
    MediaLimits limits =
        new MediaLimits(
            in.readLong(),
            Duration.ofNanos(in.readLong()),
            in.readInt(),
            in.readLong(),
            Duration.ofNanos(in.readLong()));
    int length = in.readInt();
    Arena memory = Arena.ofShared();
    MemorySegment file = memory.allocate(Math.max(1, length), 16).asSlice(0, length);
    byte[] piece = new byte[PIECE];
    for (int at = 0; at < length; ) {
      int count = in.read(piece, 0, Math.min(PIECE, length - at));
      if (count < 0) {
        throw new EOFException("in the middle of a file");
      }
      MemorySegment.copy(piece, 0, file, ValueLayout.JAVA_BYTE, at, count);
      at += count;
    }
    return new Open(job, limits, memory, file);
  }
}
