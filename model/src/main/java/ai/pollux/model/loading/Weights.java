package ai.pollux.model.loading;

import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The weights of a checkpoint under our names, handed to a backend as they are asked for. What is
 * asked for and is absent or of another shape throws a {@link WeightException}; what nobody asked
 * for is refused at the end, so that no model runs with half of its weights.
 *
 * <p>Views made by {@link #block} and {@link #sizedBy} share one account of what was taken.
 */
public final class Weights {
  private final Checkpoint checkpoint;
  private final NameTable names;
  private final Backend backend;
  private final Account account;
  private final String prefix;
  private final String origin;

  /**
   * All weights of a checkpoint.
   *
   * @param totalBytes what {@code progress} is told that loading amounts to
   */
  public Weights(
      Checkpoint checkpoint, NameTable names, Backend backend, Progress progress, long totalBytes) {
    this(checkpoint, names, backend, new Account(progress, totalBytes), "", "its configuration");
  }

  private Weights(
      Checkpoint checkpoint,
      NameTable names,
      Backend backend,
      Account account,
      String prefix,
      String origin) {
    this.checkpoint = checkpoint;
    this.names = names;
    this.backend = backend;
    this.account = account;
    this.prefix = prefix;
    this.origin = origin;
  }

  /** What was taken so far. */
  private static final class Account {
    private final Progress progress;
    private final long totalBytes;
    private final Set<String> seen = new HashSet<>();
    private long parameters;
    private long bytes;

    Account(Progress progress, long totalBytes) {
      this.progress = progress;
      this.totalBytes = totalBytes;
    }

    void took(String name, Entry entry) {
      if (seen.add(entry.name())) {
        parameters += entry.elements();
        bytes += entry.bytes();
        progress.loaded(name, bytes, totalBytes);
      }
    }
  }

  /** The same weights, for messages that say where expected shapes come from. */
  public Weights sizedBy(Settings settings, Record sizes) {
    String because = "%s (%s)".formatted(settings.file(), sizes);
    return new Weights(checkpoint, names, backend, account, prefix, because);
  }

  /**
   * The weights of one block: {@code attention.query} there is {@code blocks.3.attention.query}.
   */
  public Weights block(int index) {
    return new Weights(
        checkpoint, names, backend, account, prefix + "blocks." + index + ".", origin);
  }

  /** The full name of a part, for messages. */
  public String name(String part) {
    return prefix + part;
  }

  /** Whether the checkpoint has a weight. */
  public boolean has(String part) {
    return names.lists(name(part)) && find(part).isPresent();
  }

  /** How many rows a matrix has. */
  public int rows(String part) {
    Entry entry = entry(part, "[V, D]");
    List<Long> shape = entry.shape();
    if (shape.size() != 2 || shape.getFirst() > Integer.MAX_VALUE) {
      throw mismatch(part, "[V, D]", entry);
    }
    return shape.getFirst().intValue();
  }

  /** A matrix [out, in], in the layout the backend computes with best. */
  public Weight matrix(String part, int out, int in) {
    return matrices(part, out, in, new int[] {out, in}, 1)[0];
  }

  /** A list of matrices [count, out, in], like a layer's experts. */
  public Weight[] matrices(String part, int count, int out, int in) {
    return matrices(part, out, in, new int[] {count, out, in}, count);
  }

  private Weight[] matrices(String part, int out, int in, int[] shape, int count) {
    Entry entry = entry(part, shape);
    Weight[] packed = new Weight[count];
    for (int i = 0; i < count; i++) {
      boolean single = shape.length == 2;
      packed[i] = backend.pack(single ? entry.weight(out, in) : entry.weight(i, count, out, in));
    }
    account.took(name(part), entry);
    return packed;
  }

  /** A matrix [out, in] left in its file: for a table of which only single rows are read. */
  public Weight table(String part, int out, int in) {
    Entry entry = entry(part, out, in);
    account.took(name(part), entry);
    return entry.weight(out, in);
  }

  /**
   * Matrices [count, 2·out, in] out of two lists of matrices [count, out, in], the rows of {@code
   * first} before those of {@code second}: for files that keep apart what we compute at once.
   */
  public Weight[] joined(String first, String second, int count, int out, int in) {
    Entry a = entry(first, count, out, in);
    Entry b = entry(second, count, out, in);
    if (!a.type().equals(b.type())) {
      throw new WeightException(
          name(first), "is %s, but %s is %s".formatted(a.type(), name(second), b.type()));
    }
    Weight[] packed = new Weight[count];
    long half = a.bytes() / count;
    for (int i = 0; i < count; i++) {
      MemorySegment both = Arena.ofAuto().allocate(2 * half, Long.BYTES);
      both.asSlice(0, half).copyFrom(a.data().asSlice(i * half, half));
      both.asSlice(half, half).copyFrom(b.data().asSlice(i * half, half));
      packed[i] = backend.pack(new Weight.Stored(a.format(), 2 * out, in, both));
    }
    account.took(name(first), a);
    account.took(name(second), b);
    return packed;
  }

  /** A vector, as a tensor that lives as long as the backend. */
  public Tensor vector(String part, int size) {
    return backend.tensor(Shape.of(size), values(part, size));
  }

  /** A vector times a factor. */
  public Tensor vector(String part, int size, float factor) {
    float[] values = values(part, size);
    for (int i = 0; i < size; i++) {
      values[i] *= factor;
    }
    return backend.tensor(Shape.of(size), values);
  }

  /** A norm with a gain. */
  public Norm norm(String part, int size, float epsilon) {
    return new Norm.Rms(vector(part, size), epsilon);
  }

  /** The numbers of a vector. */
  public float[] values(String part, int size) {
    Entry entry = entry(part, size);
    float[] values = entry.values();
    float plus = names.spelling(name(part)).plus();
    for (int i = 0; plus != 0 && i < size; i++) {
      values[i] += plus;
    }
    account.took(name(part), entry);
    return values;
  }

  /** The factors by which a file divides the rotation's frequencies; empty where it has none. */
  public float[] ropeFactors(int pairs) {
    return has("ropeFactors") ? values("ropeFactors", pairs) : new float[0];
  }

  /** Knows of a weight, if it is there, that the family does not need. */
  public void ignore(String part) {
    if (names.lists(name(part))) {
      find(part).ifPresent(entry -> account.seen.add(entry.name()));
    }
  }

  /**
   * What the model is, once all its weights were taken.
   *
   * @throws WeightException if the checkpoint has tensors that nobody asked for
   */
  public ModelInfo info(String architecture, Sizes sizes, List<ModelInfo.CacheLayer> cacheLayers) {
    refuseOthers(architecture);
    return new ModelInfo(
        architecture,
        sizes.vocabulary(),
        sizes.contextLength(),
        sizes.hiddenSize(),
        sizes.layers(),
        cacheLayers,
        account.parameters,
        account.bytes);
  }

  private void refuseOthers(String architecture) {
    List<String> others =
        checkpoint.names().stream()
            .filter(name -> !account.seen.contains(name) && !names.ignores(name))
            .toList();
    if (!others.isEmpty()) {
      Entry first = checkpoint.entry(others.getFirst());
      throw new WeightException(
          first.name(),
          "%s is in %s, but %s has no place for it%s. %s may name another architecture than the weights are of"
              .formatted(
                  first.shape(),
                  first.file().getFileName(),
                  architecture,
                  others.size() > 1 ? " (nor for %d others)".formatted(others.size() - 1) : "",
                  origin));
    }
  }

  /** Unmaps the checkpoint; what a model does when it is closed. */
  public Runnable release() {
    return checkpoint::close;
  }

  private Optional<Entry> find(String part) {
    return spelled(part).filter(checkpoint::contains).findFirst().map(checkpoint::entry);
  }

  private Stream<String> spelled(String part) {
    return names.spelling(name(part)).names().stream();
  }

  private Entry entry(String part, int... shape) {
    Entry entry = entry(part, Arrays.toString(shape));
    boolean same = entry.shape().size() == shape.length;
    for (int axis = 0; same && axis < shape.length; axis++) {
      same = entry.shape().get(axis) == shape[axis];
    }
    if (!same) {
      throw mismatch(part, Arrays.toString(shape), entry);
    }
    return entry;
  }

  private Entry entry(String part, String shape) {
    return find(part)
        .orElseThrow(() ->
            new WeightException(
                name(part),
                "expected %s, but %s has no tensor %s. The checkpoint does not match %s"
                    .formatted(
                        shape,
                        checkpoint.path().getFileName(),
                        String.join(" or ", spelled(part).toList()),
                        origin)));
  }

  private WeightException mismatch(String part, String expected, Entry entry) {
    return new WeightException(
        name(part),
        "expected %s, found %s as %s in %s. The checkpoint does not match %s"
            .formatted(expected, entry.shape(), entry.name(), entry.file().getFileName(), origin));
  }
}
