package ai.pollux.content;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@link Json} from text and to text. */
final class JsonText {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private JsonText() {}

  static Json parse(String text) {
    try {
      return of(MAPPER.readTree(text));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "Not a JSON text: " + e.getOriginalMessage() + where(e), e);
    }
  }

  private static String where(JacksonException e) {
    var at = e.getLocation();
    return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
  }

  private static Json of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Json> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), of(member.getValue())));
        yield new Json.Obj(members);
      }
      case ARRAY -> new Json.Arr(node.valueStream().map(JsonText::of).toList());
      case STRING -> new Json.Str(node.stringValue());
      case BOOLEAN -> new Json.Bool(node.booleanValue());
      case NUMBER ->
          node.isIntegralNumber() && node.canConvertToLong()
              ? new Json.Int(node.longValue())
              : new Json.Real(node.doubleValue());
      case NULL -> Json.NULL;
      case MISSING -> throw new IllegalArgumentException("Not a JSON text: it is empty.");
      case BINARY, POJO -> throw new IllegalArgumentException("Not JSON: " + node.getNodeType());
    };
  }

  static String write(Json value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Json value, StringBuilder out) {
    switch (value) {
      case Json.Arr array -> {
        String separator = "[";
        for (Json each : array.values()) {
          out.append(separator);
          write(each, out);
          separator = ",";
        }
        out.append(array.values().isEmpty() ? "[]" : "]");
      }
      case Json.Obj object -> {
        String separator = "{";
        for (var member : object.members().entrySet()) {
          out.append(separator).append(quote(member.getKey())).append(':');
          write(member.getValue(), out);
          separator = ",";
        }
        out.append(object.members().isEmpty() ? "{}" : "}");
      }
      case Json.Null _, Json.Bool _, Json.Int _, Json.Real _, Json.Str _ -> out.append(value);
    }
  }

  static String quote(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
  }
}
