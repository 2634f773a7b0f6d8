package ai.pollux.server.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.pollux.content.Json;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes the API's JSON as proto3 JSON has it: camelCase out, camelCase or snake_case in,
 * absent members left out, unknown ones refused.
 */
public final class Wire {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new SnakeCaseAliases())
          .changeDefaultPropertyInclusion(
              include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // A message where a list of them is expected: Google's own examples do so.
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private Wire() {}

  /**
   * Studies the messages of a conversation, a tenth of a second when nothing is compiled yet, so
   * that the first request does not wait for it.
   */
  public static void prepare() {
    read(
        "{\"contents\": [{\"parts\": [{\"text\": \"\"}]}]}".getBytes(UTF_8),
        GenerateContentRequest.class);
    MAPPER.writerFor(GenerateContentResponse.class);
  }

  /**
   * Reads a request body.
   *
   * @throws ApiException INVALID_ARGUMENT with the place of the mistake
   */
  public static <T> T read(byte[] body, Class<T> type) {
    return read(MAPPER, body, type);
  }

  /**
   * Reads a request body by the rules of another API.
   *
   * @throws ApiException INVALID_ARGUMENT with the place of the mistake
   */
  public static <T> T read(JsonMapper mapper, byte[] body, Class<T> type) {
    if (body.length == 0) {
      throw new ApiException(
          ApiException.Status.INVALID_ARGUMENT, "The request has no body; expected a JSON object.");
    }
    try {
      T value = mapper.readValue(body, type);
      if (value == null) {
        throw new ApiException(
            ApiException.Status.INVALID_ARGUMENT,
            "Invalid JSON payload received. Expected an object, found null.");
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      String path = path(e, e.getPath().size() - 1);
      String place = path.isEmpty() ? "" : " at '" + path + "'";
      throw ApiException.invalid(
          path,
          "Invalid JSON payload received. Unknown name \"%s\"%s: Cannot find field."
              .formatted(e.getPropertyName(), place));
    } catch (MismatchedInputException e) {
      String path = path(e, e.getPath().size());
      throw ApiException.invalid(
          path, "Invalid value at '%s': expected %s.".formatted(path, expected(e)));
    } catch (DatabindException e) {
      String path = path(e, e.getPath().size());
      throw ApiException.invalid(
          path, "Invalid value at '%s': %s".formatted(path, e.getOriginalMessage()));
    } catch (JacksonException e) {
      throw new ApiException(
          ApiException.Status.INVALID_ARGUMENT,
          "Invalid JSON payload received. %s%s"
              .formatted(e.getOriginalMessage(), place(e.getLocation())));
    }
  }

  /** Where in the text; what is too deep or too long has no place. */
  private static String place(@Nullable TokenStreamLocation location) {
    return location == null
        ? ""
        : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String expected(MismatchedInputException e) {
    Class<?> type = e.getTargetType() == null ? Object.class : e.getTargetType();
    if (type == String.class) {
      return "text";
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    if (type == Integer.class || type == Long.class) {
      return "a whole number";
    }
    if (type == Double.class) {
      return "a number";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  /** A message as a tree, with the names that are sent. */
  public static ObjectNode tree(Object message) {
    return MAPPER.valueToTree(message);
  }

  /** A JSON value as a tree. */
  static JsonNode tree(Json value) {
    return MAPPER.readTree(value.toString());
  }

  /** The JSON of a message on one line. */
  public static String write(Object message) {
    return MAPPER.writeValueAsString(message);
  }

  /** The JSON of a message for people. */
  public static String writePretty(Object message) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(message);
  }

  /** Where in the body, as the API writes it: {@code generation_config.stop_sequences[0]}. */
  private static String path(JacksonException e, int length) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference reference : e.getPath().subList(0, Math.max(length, 0))) {
      if (reference.getPropertyName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(snakeCase(reference.getPropertyName()));
      }
    }
    return path.toString();
  }

  private static String snakeCase(String camelCase) {
    return camelCase
        .chars()
        .mapToObj(c ->
            Character.isUpperCase(c)
                ? "_" + Character.toString(Character.toLowerCase(c))
                : Character.toString(c))
        .collect(Collectors.joining());
  }

  /** Every component of a record may also be spelled in snake_case. */
  private static final class SnakeCaseAliases extends JacksonAnnotationIntrospector {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public List<PropertyName> findPropertyAliases(MapperConfig<?> config, Annotated member) {
      List<PropertyName> aliases = new ArrayList<>();
      List<PropertyName> declared = super.findPropertyAliases(config, member);
      if (declared != null) {
        aliases.addAll(declared);
      }
      if (member instanceof AnnotatedParameter parameter
          && parameter.getDeclaringClass().isRecord()) {
        String name =
            parameter.getDeclaringClass().getRecordComponents()[parameter.getIndex()].getName();
        if (!snakeCase(name).equals(name)) {
          aliases.add(PropertyName.construct(snakeCase(name)));
        }
      }
      return aliases;
    }
  }
}
