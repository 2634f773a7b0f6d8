package ai.pollux.library;

import ai.pollux.content.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * JSON schemas of records: members in the order of the components, all required but those that are
 * {@link Optional}. Components are strings, numbers, booleans, enums, records, and lists of these.
 */
final class RecordSchema {
  private static final Set<Class<?>> REALS =
      Set.of(double.class, Double.class, float.class, Float.class, BigDecimal.class);
  private static final Map<Class<?>, List<Long>> WHOLES =
      Map.of(
          byte.class, List.of((long) Byte.MIN_VALUE, (long) Byte.MAX_VALUE),
          short.class, List.of((long) Short.MIN_VALUE, (long) Short.MAX_VALUE),
          int.class, List.of((long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE),
          long.class, List.of(Long.MIN_VALUE, Long.MAX_VALUE),
          Byte.class, List.of((long) Byte.MIN_VALUE, (long) Byte.MAX_VALUE),
          Short.class, List.of((long) Short.MIN_VALUE, (long) Short.MAX_VALUE),
          Integer.class, List.of((long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE),
          Long.class, List.of(Long.MIN_VALUE, Long.MAX_VALUE));

  private RecordSchema() {}

  /**
   * The schema of a record.
   *
   * @throws PolluxException naming the component that has none
   */
  static Json.Obj of(Class<? extends Record> type) {
    return record(type, List.of());
  }

  /** {@code within}: the records around it, to refuse one that holds itself. */
  private static Json.Obj record(Class<?> type, List<Class<?>> within) {
    if (within.contains(type)) {
      throw new PolluxException(
          "%s holds itself; a schema of it would have no end. Ask for a list of its parts"
              .formatted(type.getSimpleName()));
    }
    List<Class<?>> around = new ArrayList<>(within);
    around.add(type);
    Map<String, Json> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String place = type.getSimpleName() + "." + component.getName();
      Type of = component.getGenericType();
      if (of instanceof ParameterizedType optional && optional.getRawType() == Optional.class) {
        of = optional.getActualTypeArguments()[0];
      } else {
        required.add(component.getName());
      }
      Json.Obj schema = schema(of, place, around);
      Description description = component.getAnnotation(Description.class);
      properties.put(
          component.getName(), description == null ? schema : described(schema, description));
    }
    return Json.object(
        "type",
        Json.of("object"),
        "properties",
        new Json.Obj(properties),
        "required",
        Json.strings(required));
  }

  private static Json.Obj described(Json.Obj schema, Description description) {
    Map<String, Json> members = new LinkedHashMap<>(schema.members());
    members.put("description", Json.of(description.value()));
    return new Json.Obj(members);
  }

  private static Json.Obj schema(Type type, String place, List<Class<?>> around) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return Json.object(
          "type",
          Json.of("array"),
          "items",
          schema(list.getActualTypeArguments()[0], place, around));
    }
    if (!(type instanceof Class<?> plain)) {
      throw unknown(type, place);
    }
    if (plain.isRecord()) {
      return record(plain, around);
    }
    if (plain.isEnum()) {
      List<String> names =
          Arrays.stream(plain.getEnumConstants()).map(each -> ((Enum<?>) each).name()).toList();
      return Json.object("type", Json.of("string"), "enum", Json.strings(names));
    }
    return simple(plain, place);
  }

  private static Json.Obj simple(Class<?> type, String place) {
    List<Long> range = WHOLES.get(type);
    if (range != null) {
      return Json.object(
          "type",
          Json.of("integer"),
          "minimum",
          Json.of(range.getFirst()),
          "maximum",
          Json.of(range.getLast()));
    }
    if (type == BigInteger.class) {
      return Json.object("type", Json.of("integer"));
    }
    if (REALS.contains(type)) {
      return Json.object("type", Json.of("number"));
    }
    if (type == String.class) {
      return Json.object("type", Json.of("string"));
    }
    if (type == boolean.class || type == Boolean.class) {
      return Json.object("type", Json.of("boolean"));
    }
    throw unknown(type, place);
  }

  private static PolluxException unknown(Type type, String place) {
    return new PolluxException(
        "%s: expected a string, number, boolean, enum, record, List or Optional, found %s. Take one of these, and convert it"
            .formatted(place, type.getTypeName()));
  }
}
