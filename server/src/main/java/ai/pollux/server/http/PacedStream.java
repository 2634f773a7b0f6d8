package ai.pollux.server.http;

import ai.pollux.server.http.Interceptor.Pace;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** Writes messages, each of which ends with a flush, slowly or up to a point. */
final class PacedStream extends FilterOutputStream {
  private final Pace pace;
  private int messages;
  private boolean isCut;

  PacedStream(OutputStream out, Pace pace) {
    super(out);
    this.pace = pace;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (pace.cutAfter().isPresent() && messages >= pace.cutAfter().getAsInt()) {
      isCut = true;
      throw new IOException("cut after %d messages, as was asked for".formatted(messages));
    }
    if (messages > 0) {
      pause();
    }
    out.write(bytes, offset, length);
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(pace.between());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("the server is closing").initCause(e);
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
    messages++;
  }

  /** A stream that was cut gets no end. */
  @Override
  public void close() throws IOException {
    if (!isCut) {
      out.close();
    }
  }
}
