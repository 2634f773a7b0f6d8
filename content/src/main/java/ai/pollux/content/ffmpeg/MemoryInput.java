package ai.pollux.content.ffmpeg;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A file in memory as FFmpeg reads it. FFmpeg hands each call a pointer to four numbers: where the
 * bytes are, how many, the position, and the time after which reading ends. The calls themselves
 * are the same for all files, since JavaCPP makes only ten of a kind.
 *
 * <p>Owned by the {@link Demuxer}, which closes it last.
 */
final class MemoryInput implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final long ADDRESS = 0;
  private static final long SIZE = 8;
  private static final long POSITION = 16;
  private static final long DEADLINE = 24;
  private static final long STATE_BYTES = 32;

  private static final Read READ = new Read();
  private static final Seek SEEK = new Seek();
  private static final Late LATE = new Late();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment state;
  private final AVIOContext io;

  /**
   * A file, readable until {@code deadline} of {@link System#nanoTime()}. One in native memory must
   * stay until this is closed; one in Java's is copied.
   */
  MemoryInput(MemorySegment bytes, long deadline) {
    MemorySegment file =
        bytes.isNative()
            ? bytes
            : arena.allocate(Math.max(1, bytes.byteSize()), 16).copyFrom(bytes);
    state = arena.allocate(STATE_BYTES, 8);
    state.set(JAVA_LONG, ADDRESS, file.address());
    state.set(JAVA_LONG, SIZE, bytes.byteSize());
    state.set(JAVA_LONG, DEADLINE, deadline);
    io =
        avformat.avio_alloc_context(
            new BytePointer(avutil.av_malloc(BUFFER)), BUFFER, 0, opaque(), READ, null, SEEK);
  }

  /** Makes a file context read from here. */
  void attach(AVFormatContext context) {
    context.pb(io);
    context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
    context.interrupt_callback().callback(LATE).opaque(opaque());
  }

  /** Whether the time is over. */
  boolean isLate() {
    return late(state);
  }

  @Override
  public void close() {
    avutil.av_free(io.buffer());
    avformat.avio_context_free(io);
    arena.close();
  }

  private Pointer opaque() {
    return new Address(state.address());
  }

  private static boolean late(MemorySegment state) {
    return System.nanoTime() - state.get(JAVA_LONG, DEADLINE) > 0;
  }

  // FFmpeg gives back addresses that this class gave it; the lengths are those it allocated.
  @SuppressWarnings("restricted")
  private static MemorySegment at(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  private static final class Address extends Pointer {
    Address(long address) {
      this.address = address;
    }
  }

  private static final class Read extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer buffer, int wanted) {
      MemorySegment state = at(opaque.address(), STATE_BYTES);
      if (late(state)) {
        return avutil.AVERROR_EXIT();
      }
      long position = state.get(JAVA_LONG, POSITION);
      int count = (int) Math.min(wanted, state.get(JAVA_LONG, SIZE) - position);
      if (count <= 0) {
        return avutil.AVERROR_EOF();
      }
      at(buffer.address(), count).copyFrom(at(state.get(JAVA_LONG, ADDRESS) + position, count));
      state.set(JAVA_LONG, POSITION, position + count);
      return count;
    }
  }

  private static final class Seek extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer opaque, long offset, int whence) {
      MemorySegment state = at(opaque.address(), STATE_BYTES);
      long size = state.get(JAVA_LONG, SIZE);
      long position =
          switch (whence & ~avformat.AVSEEK_FORCE) {
            case 0 -> offset;
            case 1 -> state.get(JAVA_LONG, POSITION) + offset;
            case 2 -> size + offset;
            default -> -1;
          };
      if ((whence & avformat.AVSEEK_SIZE) != 0) {
        return size;
      }
      if (position < 0 || position > size) {
        return avutil.AVERROR_EINVAL();
      }
      state.set(JAVA_LONG, POSITION, position);
      return position;
    }
  }

  private static final class Late extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer opaque) {
      return late(at(opaque.address(), STATE_BYTES)) ? 1 : 0;
    }
  }
}
