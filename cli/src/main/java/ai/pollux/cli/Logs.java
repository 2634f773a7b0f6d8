package ai.pollux.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** How the log of a long-running command is written. */
final class Logs {
  /** What {@code logback.xml} calls the way to standard error. */
  private static final String APPENDER = "stderr";

  /** What a line per request is logged as. */
  private static final String ACCESS = "ai.pollux.access";

  private Logs() {}

  /** How a line looks. */
  enum Format {
    text,
    json
  }

  /** From now on so; what libraries tell java.util.logging goes the same way. */
  static void start(Format format, boolean hasRequests) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(ACCESS).setLevel(hasRequests ? Level.INFO : Level.OFF);
    if (format == Format.json) {
      LogstashEncoder encoder = new LogstashEncoder();
      encoder.setContext(context);
      encoder.start();
      Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      if (root.getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> appender) {
        appender.setEncoder(encoder);
      }
    }
  }
}
