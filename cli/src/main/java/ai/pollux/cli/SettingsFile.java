package ai.pollux.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Settings in YAML: a flag's name, a colon, its value. Where a flag may be given more than once,
 * the value may be a list.
 *
 * @param name as messages call it
 * @param entries by key
 */
record SettingsFile(String name, Map<String, Entry> entries) {
  /** A value, and in which line it begins. */
  record Entry(String value, int line) {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException with the line, if it is not what is expected
   */
  static SettingsFile read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      Optional<Node> root =
          new Compose(LoadSettings.builder().setLabel(file.toString()).build())
              .composeReader(reader);
      Map<String, Entry> entries = new LinkedHashMap<>();
      if (root.isPresent()) {
        if (!(root.get() instanceof MappingNode mapping)) {
          throw wrong(file, root.get(), "expected lines like port: 8080");
        }
        mapping.getValue().forEach(tuple -> put(file, tuple, entries));
      }
      return new SettingsFile(file.toString(), entries);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("%s is no YAML: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(Path file, NodeTuple tuple, Map<String, Entry> entries) {
    String key = scalar(file, tuple.getKeyNode());
    String value =
        tuple.getValueNode() instanceof SequenceNode list
            ? list.getValue().stream()
                .map(each -> scalar(file, each))
                .collect(Collectors.joining(","))
            : scalar(file, tuple.getValueNode());
    if (entries.put(key, new Entry(value, line(tuple.getKeyNode()))) != null) {
      throw wrong(file, tuple.getKeyNode(), key + " is there twice");
    }
  }

  private static String scalar(Path file, Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw wrong(file, node, "expected a single value");
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static IllegalArgumentException wrong(Path file, Node node, String what) {
    return new IllegalArgumentException("%s, line %d: %s".formatted(file, line(node), what));
  }

  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming one that is not known, and the nearest that is
   */
  void require(List<String> known) {
    entries.forEach((key, entry) -> {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "%s, line %d: there is no setting \"%s\". Did you mean %s? All: pollux config --explain"
                .formatted(name, entry.line(), key, Nearest.of(key, known)));
      }
    });
  }
}
