package ai.pollux.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.pollux.server.live.LiveException;
import ai.pollux.server.live.LiveLimits;
import ai.pollux.server.live.LiveSession;
import ai.pollux.server.live.LiveSessions;
import ai.pollux.server.live.MessageRate;
import ai.pollux.server.live.Outbox;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.websocket.ClientWsFrame;
import io.helidon.websocket.WsCloseException;
import io.helidon.websocket.WsOpCode;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Function;

/**
 * A WebSocket connection (RFC 6455) of a live session: reads frames into messages on the
 * connection's thread, sends on another.
 *
 * <p>Helidon's own connection is not used: it decodes each fragment of a text by itself, which
 * breaks characters that are cut between two (Go's client cuts so), may only be written to by one
 * thread, and does not tell when a client is gone without a farewell.
 */
final class LiveConnection implements ServerConnection, Outbox.Frames {
  private static final int NORMAL = 1000;
  private static final int TOO_BIG = 1009;
  private static final int PROTOCOL = 1002;
  private static final int LONGEST_CONTROL = 125;

  private final ConnectionContext context;
  private final LiveLimits limits;
  private final LiveSessions sessions;
  private final Function<Outbox, LiveSession> opener;
  private final Outbox outbox = new Outbox(this);
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private final MessageRate rate;
  private boolean isFragmented;
  private boolean hasEnded;

  LiveConnection(
      ConnectionContext context,
      LiveLimits limits,
      LiveSessions sessions,
      Function<Outbox, LiveSession> opener) {
    this.context = context;
    this.limits = limits;
    this.sessions = sessions;
    this.opener = opener;
    rate = new MessageRate(limits.messagesPerSecond(), limits.burst(), System::nanoTime);
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    Thread writer = Thread.ofVirtual().name("live-writer").start(outbox::run);
    try {
      LiveSession session = opener.apply(outbox);
      try {
        read(session);
      } finally {
        sessions.remove(session);
      }
      drain(true);
    } catch (LiveException e) {
      outbox.close(e);
      drain(e.code() != TOO_BIG && e.code() != PROTOCOL);
    } catch (RuntimeException e) {
      outbox.close(LiveException.of(Replies.error(e)));
      drain(true);
    } finally {
      outbox.gone();
      writer.join();
    }
  }

  /** Reads until one side closes, the client is gone, or it breaks the protocol. */
  private void read(LiveSession session) {
    try {
      while (!outbox.isClosing()) {
        take(frame(), session);
      }
    } catch (WsCloseException e) {
      throw new LiveException(
          e.closeCode(), e.closeCode() == TOO_BIG ? tooBig() : String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new LiveException(PROTOCOL, "Unknown opcode.");
    } catch (DataReader.InsufficientDataAvailableException
        | CloseConnectionException
        | UncheckedIOException e) {
      hasEnded = true; // The client is gone.
    }
  }

  private ClientWsFrame frame() {
    return ClientWsFrame.read(context, context.dataReader(), limits.messageBytes());
  }

  private void take(ClientWsFrame frame, LiveSession session) {
    BufferData payload = frame.payloadData();
    byte[] bytes = new byte[payload.available()];
    payload.read(bytes);
    boolean isControl = frame.opCode().code() >= WsOpCode.CLOSE.code();
    if (isControl && (!frame.fin() || bytes.length > LONGEST_CONTROL)) {
      throw new LiveException(PROTOCOL, "A control frame is whole and has at most 125 bytes.");
    }
    if (!rate.passes()) {
      throw new LiveException(
          LiveException.POLICY,
          "Too many messages: more than %d per second.".formatted(limits.messagesPerSecond()));
    }
    session.hear();
    switch (frame.opCode()) {
      case TEXT, BINARY, CONTINUATION -> takeData(frame, bytes, session);
      case PING -> outbox.pong(bytes);
      case PONG -> {
        // A sign of life.
      }
      case CLOSE -> {
        hasEnded = true;
        outbox.confirmClose(NORMAL);
      }
    }
  }

  /**
   * Reads on until the client has heard why it ends and says farewell, too: closing a socket with
   * unread bytes would take back what was sent.
   *
   * @param isInOrder whether what comes can still be read as frames
   */
  private void drain(boolean isInOrder) {
    try {
      while (!hasEnded) {
        if (isInOrder) {
          hasEnded = frame().opCode() == WsOpCode.CLOSE;
        } else {
          context.dataReader().readBuffer();
        }
      }
    } catch (RuntimeException e) {
      // The client is gone, talks nonsense, or the writer cut the connection after some seconds.
    }
  }

  private void takeData(ClientWsFrame frame, byte[] bytes, LiveSession session) {
    if (isFragmented != (frame.opCode() == WsOpCode.CONTINUATION)) {
      throw new LiveException(PROTOCOL, "Fragments of two messages are mixed.");
    }
    isFragmented = !frame.fin();
    if (message.size() + bytes.length > limits.messageBytes()) {
      throw new LiveException(TOO_BIG, tooBig());
    }
    message.writeBytes(bytes);
    if (frame.fin()) {
      byte[] whole = message.toByteArray();
      message.reset();
      session.receive(whole);
    }
  }

  private String tooBig() {
    return "A message has at most %,d bytes.".formatted(limits.messageBytes());
  }

  @Override
  public void text(String text) {
    write(WsOpCode.TEXT, text.getBytes(UTF_8));
  }

  @Override
  public void pong(byte[] payload) {
    write(WsOpCode.PONG, payload);
  }

  @Override
  public void close(int code, String reason) {
    byte[] text = reason.getBytes(UTF_8);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >>> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    write(WsOpCode.CLOSE, payload);
  }

  private void write(WsOpCode code, byte[] payload) {
    BufferData frame = BufferData.create(10 + payload.length);
    frame.write(0x80 | code.code());
    if (payload.length < 126) {
      frame.write(payload.length);
    } else if (payload.length < 1 << 16) {
      frame.write(126);
      frame.writeInt16(payload.length);
    } else {
      frame.write(127);
      frame.writeInt32(0);
      frame.writeInt32(payload.length);
    }
    frame.write(payload);
    context.dataWriter().writeNow(frame);
  }

  @Override
  public void abort() {
    try {
      context.serverSocket().close();
    } catch (UncheckedIOException e) {
      // It is closed already.
    }
  }

  @Override
  public Duration idleTime() {
    return Duration.ZERO; // Sessions look at the clock themselves.
  }

  @Override
  public void close(boolean interrupt) {
    outbox.close(new LiveException(LiveException.GOING_AWAY, "The server is closing."));
  }
}
