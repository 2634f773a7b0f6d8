package ai.pollux.model.loading;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Entry;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds tensors by our names, and remembers which were found. Shapes are checked here, so that all
 * messages say the same things in the same order.
 *
 * @param seen names in the file of the tensors that have a place in the model
 * @param prefix what our names start with
 * @param origin where expected shapes come from
 */
record Lookup(
    Checkpoint checkpoint, NameTable names, Set<String> seen, String prefix, String origin) {

  static Lookup of(Checkpoint checkpoint, NameTable names) {
    return new Lookup(checkpoint, names, new HashSet<>(), "", "its configuration");
  }

  Lookup because(String reason) {
    return new Lookup(checkpoint, names, seen, prefix, reason);
  }

  Lookup inside(String part) {
    return new Lookup(checkpoint, names, seen, prefix + part, origin);
  }

  /** Our full name of a part. */
  String name(String part) {
    return prefix + part;
  }

  /** The tensor of a part, if the table and the file have it. */
  Optional<Entry> find(String part) {
    return names.lists(name(part))
        ? spelled(part).filter(checkpoint::contains).findFirst().map(checkpoint::entry)
        : Optional.empty();
  }

  /** The tensor of a part, of the given shape. */
  Entry entry(String part, int... shape) {
    String expected = Arrays.toString(shape);
    Entry entry = find(part).orElseThrow(() -> absent(part, expected));
    boolean same = entry.shape().size() == shape.length;
    for (int axis = 0; same && axis < shape.length; axis++) {
      same = entry.shape().get(axis) == shape[axis];
    }
    if (!same) {
      throw mismatch(part, expected, entry);
    }
    return entry;
  }

  /** One size of a tensor that is not known yet. */
  int size(String part, int axis) {
    Entry entry = find(part).orElseThrow(() -> absent(part, "a tensor"));
    if (entry.shape().size() <= axis || entry.shape().get(axis) > Integer.MAX_VALUE) {
      throw mismatch(part, "at least %d axes".formatted(axis + 1), entry);
    }
    return entry.shape().get(axis).intValue();
  }

  /** A tensor that is a vector, whatever axes of size 1 it has besides. */
  Entry vector(String part, int size) {
    boolean same =
        find(part)
            .map(entry -> entry.shape().stream().filter(axis -> axis != 1).toList())
            .filter(axes -> axes.equals(List.of((long) size)))
            .isPresent();
    return same ? find(part).orElseThrow() : entry(part, size);
  }

  /** How many rows a matrix has, whose other size is not known yet. */
  int rows(String part) {
    Entry entry = find(part).orElseThrow(() -> absent(part, "a matrix"));
    List<Long> shape = entry.shape();
    if (shape.size() != 2 || shape.getFirst() > Integer.MAX_VALUE) {
      throw mismatch(part, "a matrix", entry);
    }
    return shape.getFirst().intValue();
  }

  /** Refuses a file with tensors that neither the model nor the table's {@code ignored} knows. */
  void refuseOthers(String architecture) {
    List<String> others =
        checkpoint.names().stream()
            .filter(name -> !seen.contains(name) && !names.ignores(name))
            .toList();
    if (!others.isEmpty()) {
      Entry first = checkpoint.entry(others.getFirst());
      String more = others.size() > 1 ? ", nor for %d others".formatted(others.size() - 1) : "";
      throw new WeightException(
          first.name(),
          "%s is in %s, but %s has no place for it%s. The checkpoint does not match %s"
              .formatted(first.shape(), first.file().getFileName(), architecture, more, origin));
    }
  }

  private Stream<String> spelled(String part) {
    return names.spelling(name(part)).names().stream();
  }

  private WeightException absent(String part, String expected) {
    return new WeightException(
        name(part),
        "expected %s, found no tensor %s in %s. The checkpoint does not match %s"
            .formatted(
                expected,
                String.join(" or ", spelled(part).toList()),
                checkpoint.fileName(),
                origin));
  }

  private WeightException mismatch(String part, String expected, Entry entry) {
    return new WeightException(
        name(part),
        "expected %s, found %s as %s in %s. The checkpoint does not match %s"
            .formatted(expected, entry.shape(), entry.name(), entry.file().getFileName(), origin));
  }
}
