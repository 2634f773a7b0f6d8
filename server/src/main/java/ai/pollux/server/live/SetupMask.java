package ai.pollux.server.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a setup that a token decides, whatever its client asks for.
 *
 * @param setup where they are taken from; absent where the client decides all
 * @param paths of the members; empty for the whole setup
 */
record SetupMask(@Nullable Setup setup, List<List<String>> paths) {
  private static final Pattern INDEX = Pattern.compile("\\d+");
  private static final List<String> MEMBERS =
      Stream.of(Setup.class.getRecordComponents()).map(each -> each.getName()).toList();

  /**
   * As a token is created.
   *
   * @param fieldMask like {@code model,generationConfig.temperature}; a place in a list means the
   *     list
   * @throws ApiException INVALID_ARGUMENT where a setup has no such member
   */
  static SetupMask of(@Nullable Setup setup, @Nullable String fieldMask) {
    List<List<String>> paths = new ArrayList<>();
    for (String path : (fieldMask == null ? "" : fieldMask).split(",", -1)) {
      if (!path.isBlank()) {
        List<String> names =
            Arrays.stream(path.strip().split("\\.", -1))
                .map(SetupMask::camelCase)
                .takeWhile(name -> !INDEX.matcher(name).matches())
                .toList();
        if (names.isEmpty() || !MEMBERS.contains(names.getFirst())) {
          throw ApiException.invalid(
              "field_mask",
              "field_mask: a setup has no member \"%s\"; expected paths that begin with one of %s."
                  .formatted(path.strip(), MEMBERS));
        }
        paths.add(names);
      }
    }
    return new SetupMask(setup, List.copyOf(paths));
  }

  /** What becomes of the setup that a client asks for. */
  Setup apply(Setup asked) {
    if (paths.isEmpty()) {
      return setup == null ? asked : setup;
    }
    ObjectNode result = Wire.tree(asked);
    ObjectNode decided = setup == null ? result.objectNode() : Wire.tree(setup);
    paths.forEach(path -> overwrite(result, decided, path));
    return Wire.read(result.toString().getBytes(UTF_8), Setup.class);
  }

  private static void overwrite(ObjectNode result, ObjectNode decided, List<String> path) {
    String name = path.getFirst();
    JsonNode value = decided.get(name);
    if (path.size() == 1) {
      if (value == null) {
        result.remove(name);
      } else {
        result.set(name, value);
      }
      return;
    }
    ObjectNode inner =
        result.get(name) instanceof ObjectNode given ? given : result.putObject(name);
    overwrite(
        inner,
        value instanceof ObjectNode object ? object : result.objectNode(),
        path.subList(1, path.size()));
  }

  private static String camelCase(String name) {
    return Pattern.compile("_(.)")
        .matcher(name)
        .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
  }
}
