package ai.pollux.assistant.constraint;

import ai.pollux.content.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Finds what {@code $ref} names in a document: by JSON pointer (RFC 6901) or by anchor. */
record SchemaReferences(Json root) {
  /**
   * The schema of that name.
   *
   * @throws ShapeException where there is none
   */
  Json find(String target, String where) {
    Optional<Json> found =
        target.startsWith("#/")
            ? pointed(target.substring(2))
            : target.equals("#")
                ? Optional.of(root)
                : anchored(root, target.replaceFirst("^#", ""));
    return found.orElseThrow(() ->
        new ShapeException(
            "%s: expected a schema of this document, like #/$defs/NAME; found nothing at \"%s\""
                .formatted(where, target)));
  }

  private Optional<Json> pointed(String path) {
    Json at = root;
    for (String raw : path.split("/", -1)) {
      String step =
          URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8)
              .replace("~1", "/")
              .replace("~0", "~");
      at =
          switch (at) {
            case Json.Obj object -> object.member(step);
            case Json.Arr(List<Json> items) when step.matches("[0-9]{1,6}") -> {
              int index = Integer.parseInt(step);
              yield index < items.size() ? items.get(index) : Json.NULL;
            }
            case Json.Arr _, Json.Null _, Json.Bool _, Json.Int _, Json.Real _, Json.Str _ ->
                Json.NULL;
          };
    }
    return at instanceof Json.Null ? Optional.empty() : Optional.of(at);
  }

  private static Optional<Json> anchored(Json at, String name) {
    return switch (at) {
      case Json.Obj object
          when object.member("$anchor").equals(Json.of(name))
              || object.member("$id").equals(Json.of(name)) ->
          Optional.of(object);
      case Json.Obj object ->
          object.members().values().stream()
              .flatMap(each -> anchored(each, name).stream())
              .findFirst();
      case Json.Arr(List<Json> items) ->
          items.stream().flatMap(each -> anchored(each, name).stream()).findFirst();
      case Json.Null _, Json.Bool _, Json.Int _, Json.Real _, Json.Str _ -> Optional.empty();
    };
  }
}
