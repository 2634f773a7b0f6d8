package ai.pollux.train.data.source;

import ai.pollux.content.Json;
import dev.hardwood.row.PqList;
import dev.hardwood.row.StructAccessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of Parquet in JSON's terms: numbers, strings, lists and structs; others as text. */
final class ParquetValues {
  private ParquetValues() {}

  static Json.Obj object(StructAccessor struct) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (int i = 0; i < struct.getFieldCount(); i++) {
      members.put(struct.getFieldName(i), struct.isNull(i) ? Json.NULL : value(struct.getValue(i)));
    }
    return new Json.Obj(members);
  }

  private static Json value(Object value) {
    return switch (value) {
      case String text -> Json.of(text);
      case Boolean flag -> Json.of(flag);
      case Integer number -> Json.of((long) number);
      case Long number -> Json.of(number);
      case Number number -> Json.of(number.doubleValue());
      case StructAccessor struct -> object(struct);
      case PqList list -> {
        List<Json> values = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
          values.add(list.isNull(i) ? Json.NULL : value(list.get(i)));
        }
        yield new Json.Arr(values);
      }
      default -> Json.of(value.toString());
    };
  }
}
