package ai.pollux.server.http;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A certificate or key that cannot be used; the message is for who named it. */
public final class TlsException extends IllegalStateException {
  @Serial private static final long serialVersionUID = 1;

  TlsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
