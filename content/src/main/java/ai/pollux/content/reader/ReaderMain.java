package ai.pollux.content.reader;

import ai.pollux.content.MediaException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What a {@link ReaderProcess} runs: requests come in on the standard input, replies go out on the
 * standard output, one file at a time. A second thread listens; when the input ends, because who
 * started the process is gone, so does the process, whatever the first one is doing.
 */
final class ReaderMain {
  /** The status it ends with where memory is short; that of {@code -XX:+ExitOnOutOfMemoryError}. */
  static final int OUT_OF_MEMORY = 3;

  private final BlockingQueue<Request> requests = new ArrayBlockingQueue<>(1);
  private final DataOutputStream out;
  private Optional<Session> session = Optional.empty();
  private Optional<Arena> memory = Optional.empty();
  private String tooSlow = "";
  private long deadline;

  private ReaderMain(DataOutputStream out) {
    this.out = out;
  }

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), Request.PIECE));
    System.setOut(System.err); // nobody else may write there
    ReaderMain reader = new ReaderMain(out);
    Thread.ofPlatform().daemon().start(reader::listen);
    out.writeByte(Reply.DONE); // ready
    out.flush();
    try {
      while (true) {
        reader.serve(reader.requests.take());
      }
    } catch (OutOfMemoryError e) {
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    }
  }

  private void listen() {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new FileInputStream(FileDescriptor.in), Request.PIECE))) {
      while (true) {
        requests.put(Request.read(in));
      }
    } catch (OutOfMemoryError e) {
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    } catch (IOException | InterruptedException e) {
      Runtime.getRuntime().halt(0);
    }
  }

  private void serve(Request request) throws IOException {
    Reply reply;
    try {
      reply = answer(request);
      if (System.nanoTime() - deadline > 0 && session.isPresent()) {
        throw new MediaException(tooSlow);
      }
      out.writeByte(Reply.DONE);
    } catch (MediaException e) {
      reply = failure(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      reply = failure("the file is damaged: " + e);
    } catch (LinkageError e) {
      reply = failure("files of this kind cannot be read on this machine: " + e);
    }
    reply.write(out);
    out.flush();
  }

  private Reply failure(String message) throws IOException {
    out.writeByte(Reply.FAILURE);
    return to -> Reply.text(to, message);
  }

  private Reply answer(Request request) {
    return switch (request) {
      case Request.Open open -> {
        close();
        memory = Optional.of(open.memory());
        deadline = System.nanoTime() + open.limits().time().toNanos();
        tooSlow = OpenFile.tooSlow(open.job(), open.limits());
        session = Optional.of(Session.open(open));
        yield session.get().head();
      }
      case Request.Next(int number) ->
          session.orElseThrow(() -> new IllegalStateException("no file is open")).next(number);
      case Request.Close() -> {
        close();
        yield _ -> {};
      }
    };
  }

  private void close() {
    session.ifPresent(Session::close);
    session = Optional.empty();
    memory.ifPresent(Arena::close);
    memory = Optional.empty();
  }
}
