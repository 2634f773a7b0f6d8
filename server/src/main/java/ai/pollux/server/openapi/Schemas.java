package ai.pollux.server.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON schemas of records, as Jackson writes and reads them. Components that may be absent are
 * {@code @Nullable}; all others are required. What is no record, list, map or simple value may be
 * anything.
 */
final class Schemas {
  private static final String REFERENCE = "#/components/schemas/";
  private static final Set<Class<?>> TEXT = Set.of(String.class, CharSequence.class, char.class);
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, Integer.class, short.class, Short.class);
  private static final Set<Class<?>> LONG = Set.of(long.class, Long.class);
  private static final Set<Class<?>> NUMBER =
      Set.of(double.class, Double.class, float.class, Float.class);
  private static final Set<Class<?>> TRUTH = Set.of(boolean.class, Boolean.class);

  private final ObjectNode components = JsonMapper.shared().createObjectNode();

  /** All records that were asked for, and what they are made of, by name. */
  ObjectNode components() {
    return components;
  }

  /** What a value of this type looks like. */
  ObjectNode of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic);
    }
    if (!(type instanceof Class<?> plain)) {
      return anything();
    }
    if (plain.isEnum()) {
      ObjectNode schema = typed("string");
      ArrayNode values = schema.putArray("enum");
      for (Object constant : plain.getEnumConstants()) {
        values.add(((Enum<?>) constant).name());
      }
      return schema;
    }
    return plain.isRecord() ? reference(plain) : simple(plain);
  }

  private ObjectNode generic(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() instanceof Class<?> raw && Collection.class.isAssignableFrom(raw)) {
      ObjectNode schema = typed("array");
      schema.set("items", of(arguments[0]));
      return schema;
    }
    if (type.getRawType() instanceof Class<?> raw && Map.class.isAssignableFrom(raw)) {
      ObjectNode schema = typed("object");
      schema.set("additionalProperties", of(arguments[1]));
      return schema;
    }
    return anything();
  }

  private static ObjectNode simple(Class<?> type) {
    if (TEXT.contains(type)) {
      return typed("string");
    }
    if (WHOLE.contains(type)) {
      return typed("integer").put("format", "int32");
    }
    if (LONG.contains(type)) {
      return typed("integer").put("format", "int64");
    }
    if (NUMBER.contains(type)) {
      return typed("number");
    }
    if (TRUTH.contains(type)) {
      return typed("boolean");
    }
    return type == Instant.class ? typed("string").put("format", "date-time") : anything();
  }

  private ObjectNode reference(Class<?> type) {
    String name = name(type);
    if (!components.has(name)) {
      ObjectNode schema =
          components.putObject(name); // there before its parts: they may refer to it
      schema.put("type", "object");
      ObjectNode properties = schema.putObject("properties");
      ArrayNode required = JsonMapper.shared().createArrayNode();
      for (RecordComponent component : type.getRecordComponents()) {
        String property = property(component);
        properties.set(property, of(component.getGenericType()));
        if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
          required.add(property);
        }
      }
      if (!required.isEmpty()) {
        schema.set("required", required);
      }
    }
    return JsonMapper.shared().createObjectNode().put("$ref", REFERENCE + name);
  }

  private static String property(RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty() ? component.getName() : named.value();
  }

  /** {@code Part.Blob} for a record in another; the Gemini API's own need no package. */
  private static String name(Class<?> type) {
    String name = type.getCanonicalName().substring(type.getPackageName().length() + 1);
    String area = type.getPackageName().replaceFirst(".*\\.", "");
    return area.equals("gemini") ? name : area + "." + name;
  }

  private static ObjectNode typed(String type) {
    return anything().put("type", type);
  }

  private static ObjectNode anything() {
    return JsonMapper.shared().createObjectNode();
  }
}
