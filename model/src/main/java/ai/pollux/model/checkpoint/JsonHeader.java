package ai.pollux.model.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON of a checkpoint piece by piece, so that nothing is built that was not asked for.
 * Names that occur twice and values of the wrong kind are refused.
 */
final class JsonHeader {
  private final Path file;
  private final long start;
  private final JsonParser parser;

  /**
   * @param start the byte of the file that the text starts at, for messages
   * @throws CheckpointException if its first bytes are none of JSON
   */
  JsonHeader(Path file, byte[] text, long start) {
    this.file = file;
    this.start = start;
    try {
      this.parser = new JsonFactory().createParser(ObjectReadContext.empty(), text);
    } catch (JacksonException e) { // of an encoding that no JSON has
      throw new CheckpointException(
          file, "at byte %d, in the JSON header: %s".formatted(start, e.getOriginalMessage()), e);
    }
  }

  /** Reads an object; {@code field} is called with each name and must read its value. */
  void object(Consumer<String> field) {
    expect(JsonToken.START_OBJECT, "an object");
    Set<String> seen = new HashSet<>();
    while (next() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (!seen.add(name)) {
        throw problem("the name %s occurs twice. The file is damaged".formatted(name), null);
      }
      field.accept(name);
    }
  }

  /** The string of field {@code name}. */
  String text(String name) {
    expect(JsonToken.VALUE_STRING, "a string for " + name);
    return guarded(parser::getString);
  }

  /** The integers of field {@code name}. */
  List<Long> wholes(String name) {
    expect(JsonToken.START_ARRAY, "an array of integers for " + name);
    List<Long> values = new ArrayList<>();
    while (next() == JsonToken.VALUE_NUMBER_INT) {
      values.add(guarded(parser::getLongValue));
    }
    if (parser.currentToken() != JsonToken.END_ARRAY) {
      throw unexpected("an integer or the end of " + name);
    }
    return values;
  }

  /** Goes over a value of any kind. */
  void skip() {
    next();
    guarded(parser::skipChildren);
  }

  /** Checks that nothing but white space follows. */
  void end() {
    if (next() != null) {
      throw unexpected("the end of the header");
    }
  }

  private void expect(JsonToken token, String what) {
    if (next() != token) {
      throw unexpected(what);
    }
  }

  private @Nullable JsonToken next() {
    try {
      return parser.nextToken();
    } catch (JacksonException e) {
      throw problem(e.getOriginalMessage(), e);
    }
  }

  private <T> T guarded(Supplier<T> read) {
    try {
      return read.get();
    } catch (JacksonException e) {
      throw problem(e.getOriginalMessage(), e);
    }
  }

  private CheckpointException unexpected(String expected) {
    JsonToken found = parser.currentToken();
    return problem(
        "expected %s, found %s. The file is damaged: fetch it again"
            .formatted(expected, found == null ? "the end" : found),
        null);
  }

  private CheckpointException problem(String what, @Nullable Throwable cause) {
    long at = start + Math.max(0, parser.currentLocation().getByteOffset());
    String message = "at byte %d, in the JSON header: %s".formatted(at, what);
    return cause == null
        ? new CheckpointException(file, message)
        : new CheckpointException(file, message, cause);
  }
}
