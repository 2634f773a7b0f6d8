package ai.pollux.model.loading;

import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.nn.Linear;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Origin;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The weights of a checkpoint under our names, handed to a backend as they are asked for. What is
 * asked for and is absent or of another shape throws a {@link WeightException}; what nobody asked
 * for is refused at the end, so that no model runs with half of its weights.
 *
 * <p>Views made by {@link #block} and {@link #sizedBy} share one account of what was taken.
 */
public final class Weights {
  private final Lookup lookup;
  private final Optional<Backend> backend;
  private final Account account;

  private Weights(Lookup lookup, Optional<Backend> backend, Account account) {
    this.lookup = lookup;
    this.backend = backend;
    this.account = account;
  }

  /**
   * All weights of a checkpoint, to be packed by a backend.
   *
   * @param totalBytes what {@code progress} is told that loading amounts to
   */
  public static Weights loading(
      Checkpoint checkpoint, NameTable names, Backend backend, Progress progress, long totalBytes) {
    Account account = new Account(progress, totalBytes);
    return new Weights(Lookup.of(checkpoint, names), Optional.of(backend), account);
  }

  /**
   * All weights of a checkpoint, checked and counted but left where they are. What is built from
   * them has its {@code info} and nothing to compute with.
   */
  public static Weights checking(Checkpoint checkpoint, NameTable names) {
    Account account = new Account(Progress.NONE, 0);
    return new Weights(Lookup.of(checkpoint, names), Optional.empty(), account);
  }

  /** What was taken so far. */
  private static final class Account {
    private final Progress progress;
    private final long totalBytes;
    private long parameters;
    private long bytes;

    Account(Progress progress, long totalBytes) {
      this.progress = progress;
      this.totalBytes = totalBytes;
    }
  }

  private void took(String part, Entry entry) {
    took(part, entry, entry.elements(), entry.bytes());
  }

  private void took(String part, Entry entry, long elements, long bytes) {
    if (lookup.seen().add(entry.name())) {
      account.parameters += elements;
      account.bytes += bytes;
      account.progress.loaded(name(part), account.bytes, account.totalBytes);
    }
  }

  /** The same weights, for messages that say where expected shapes come from. */
  public Weights sizedBy(Settings settings, Record sizes) {
    return new Weights(
        lookup.because("%s (%s)".formatted(settings.file(), sizes)), backend, account);
  }

  /**
   * The weights of one block: {@code attention.query} there is {@code blocks.3.attention.query}.
   */
  public Weights block(int index) {
    return new Weights(lookup.inside("blocks." + index + "."), backend, account);
  }

  /** The weights of a part: {@code projection} there is {@code vision.projection}. */
  public Weights part(String name) {
    return new Weights(lookup.inside(name + "."), backend, account);
  }

  /** The full name of a part, for messages. */
  public String name(String part) {
    return lookup.name(part);
  }

  /** Whether the checkpoint has a weight. */
  public boolean has(String part) {
    return lookup.find(part).isPresent();
  }

  /** How many rows a matrix has. */
  public int rows(String part) {
    return lookup.rows(part);
  }

  /** A matrix [out, in], in the layout the backend computes with best. */
  public Weight matrix(String part, int out, int in) {
    Entry entry = lookup.entry(part, out, in);
    Weight packed = pack(origin(entry), entry.weight(out, in));
    took(part, entry);
    return packed;
  }

  /**
   * A matrix [out, in] that the file has as a tensor of other axes, with the same values in the
   * same order: a convolution whose windows do not overlap.
   */
  public Weight matrix(String part, int out, int in, int... shape) {
    Entry entry = lookup.entry(part, shape);
    Weight.Stored stored = new Weight.Stored(entry.format(), out, in, entry.data());
    Weight packed = pack(origin(entry), stored);
    took(part, entry);
    return packed;
  }

  /**
   * A matrix whose columns the file has in another order.
   *
   * @param columns for each column of the matrix, which one of the file it is
   * @param shape in the file
   */
  public Weight rearranged(String part, int out, int[] columns, int... shape) {
    Entry entry = lookup.entry(part, shape);
    Weight.Stored stored = new Weight.Stored(entry.format(), out, columns.length, entry.data());
    Weight packed = backend.isPresent() ? pack(Rearranged.columns(stored, columns)) : stored;
    took(part, entry);
    return packed;
  }

  /** A matrix [out, in] that the file has as [in, out]. */
  public Weight transposed(String part, int out, int in) {
    Entry entry = lookup.entry(part, in, out);
    Weight.Stored stored = entry.weight(in, out);
    Weight packed = backend.isPresent() ? pack(Rearranged.transposed(stored)) : stored;
    took(part, entry);
    return packed;
  }

  /** A matrix, between the bounds of its inputs and outputs where the file has those. */
  public Linear linear(String part, int out, int in) {
    Weight weight = matrix(part, out, in);
    return has(part + ".inputMin")
        ? new Linear.Clipped(
            weight,
            number(part + ".inputMin"),
            number(part + ".inputMax"),
            number(part + ".outputMin"),
            number(part + ".outputMax"))
        : new Linear.Plain(weight);
  }

  /** A matrix and its bias. */
  public Linear biased(String part, int out, int in) {
    return new Linear.Biased(matrix(part, out, in), vector(part + ".bias", out));
  }

  /**
   * Part of a matrix: some rows of [wholeOut, wholeIn], of each the first columns.
   *
   * @param rows which, in order
   * @param in how many columns
   * @throws WeightException if the columns end inside a block of the file's type
   */
  public Weight slice(String part, int wholeOut, int wholeIn, Range[] rows, int in) {
    Entry entry = lookup.entry(part, wholeOut, wholeIn);
    Weight.Stored whole = entry.weight(wholeOut, wholeIn);
    int block = whole.format().blockSize();
    if (in % block != 0) {
      throw new WeightException(
          name(part),
          "a slice of %d columns ends inside a block of %d values of type %s. Take a multiple of %d"
              .formatted(in, block, entry.type(), block));
    }
    Weight.Stored taken = WeightSlice.of(whole, rows, in, backend.isPresent());
    Weight packed = pack(taken);
    took(part, entry, (long) taken.out() * taken.in(), taken.data().byteSize());
    return packed;
  }

  /** A matrix [out, in] left in its file: for a table of which only single rows are read. */
  public Weight table(String part, int out, int in) {
    return table(part, out, in, out, in);
  }

  /** The same of a tensor of other axes. */
  public Weight table(String part, int out, int in, int... shape) {
    Entry entry = lookup.entry(part, shape);
    took(part, entry);
    Weight.Stored stored = new Weight.Stored(entry.format(), out, in, entry.data());
    return backend.isPresent() ? backend.get().table(origin(entry), stored) : stored;
  }

  /** A list of matrices [count, out, in], like a layer's experts. */
  public Weight[] matrices(String part, int count, int out, int in) {
    Entry entry = lookup.entry(part, count, out, in);
    Weight[] packed = new Weight[count];
    for (int i = 0; i < count; i++) {
      Origin origin = new Origin(entry.name(), entry.shape(), (long) i * out * in, 0);
      packed[i] = pack(origin, entry.weight(i, count, out, in));
    }
    took(part, entry);
    return packed;
  }

  /**
   * Matrices [count, 2·out, in] out of two lists of matrices [count, out, in], the rows of {@code
   * first} before those of {@code second}: for files that keep apart what we compute at once.
   */
  public Weight[] joined(String first, String second, int count, int out, int in) {
    Entry a = lookup.entry(first, count, out, in);
    Entry b = lookup.entry(second, count, out, in);
    if (!a.type().equals(b.type())) {
      throw new WeightException(
          name(second),
          "expected type %s like %s, found %s".formatted(a.type(), name(first), b.type()));
    }
    Weight[] packed = new Weight[count];
    for (int i = 0; i < count; i++) {
      Weight.Stored half = a.weight(i, count, out, in);
      packed[i] = backend.isPresent() ? pack(joined(half, b.weight(i, count, out, in))) : half;
    }
    took(first, a);
    took(second, b);
    return packed;
  }

  private static Weight.Stored joined(Weight.Stored first, Weight.Stored second) {
    long size = first.data().byteSize();
    MemorySegment both = Arena.ofAuto().allocate(2 * size, Long.BYTES);
    both.copyFrom(first.data());
    both.asSlice(size).copyFrom(second.data());
    return new Weight.Stored(first.format(), 2 * first.out(), first.in(), both);
  }

  private Weight pack(Weight.Stored weight) {
    return backend.isPresent() ? backend.get().pack(weight) : weight;
  }

  private Weight pack(Origin origin, Weight.Stored weight) {
    return backend.isPresent() ? backend.get().pack(origin, weight) : weight;
  }

  private static Origin origin(Entry entry) {
    return Origin.whole(entry.name(), entry.shape());
  }

  /** A vector, as a tensor that lives as long as the backend. */
  public Tensor vector(String part, int size) {
    float[] values = values(part, size);
    if (backend.isEmpty()) {
      return new Vector(values);
    }
    Entry entry = lookup.vector(part, size);
    float plus = lookup.names().spelling(name(part)).plus();
    Origin origin = new Origin(entry.name(), entry.shape(), 0, plus);
    return backend.get().tensor(origin, Shape.of(size), values);
  }

  /** A vector times a factor. */
  public Tensor vector(String part, int size, float factor) {
    float[] values = values(part, size);
    for (int i = 0; i < size; i++) {
      values[i] *= factor;
    }
    return tensor(values);
  }

  /** A vector that the file has in another order: value i is the file's value {@code order[i]}. */
  public Tensor vector(String part, int[] order) {
    if (Arrays.equals(order, IntStream.range(0, order.length).toArray())) {
      return vector(part, order.length);
    }
    float[] stored = values(part, order.length);
    float[] values = new float[order.length];
    for (int i = 0; i < order.length; i++) {
      values[i] = stored[order[i]];
    }
    return tensor(values);
  }

  private Tensor tensor(float[] values) {
    return backend.isPresent()
        ? backend.get().tensor(Shape.of(values.length), values)
        : new Vector(values);
  }

  /** Values that are no weight, as a tensor that lives as long as the backend. */
  public Tensor constant(Shape shape, float[] values) {
    return backend.isPresent() ? backend.get().tensor(shape, values) : new Vector(values);
  }

  /**
   * The window of a depthwise convolution, which files have channel by channel: [C, 1, window …],
   * or without the 1 → [pixels of the window, C].
   */
  public Tensor window(String part, int channels, int... window) {
    int pixels = Arrays.stream(window).reduce(1, (a, b) -> a * b);
    boolean bare =
        lookup.find(part).map(Entry::shape).orElse(List.of()).size() == 1 + window.length;
    IntStream first = bare ? IntStream.of(channels) : IntStream.of(channels, 1);
    int[] shape = IntStream.concat(first, Arrays.stream(window)).toArray();
    Entry entry = lookup.entry(part, shape);
    float[] stored = entry.values();
    float[] values = new float[stored.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = stored[i % channels * pixels + i / channels];
    }
    took(part, entry);
    return constant(Shape.of(pixels, channels), values);
  }

  /** A norm with a gain. */
  public Norm norm(String part, int size, float epsilon) {
    return new Norm.Rms(vector(part, size), epsilon);
  }

  /** A norm with a mean, a gain and a bias. */
  public Norm layerNorm(String part, int size, float epsilon) {
    return new Norm.Layer(vector(part + ".gain", size), vector(part + ".bias", size), epsilon);
  }

  /** A single number, which some files have as a vector of one. */
  public float number(String part) {
    boolean bare = lookup.find(part).map(entry -> entry.shape().isEmpty()).orElse(false);
    Entry entry = bare ? lookup.entry(part) : lookup.entry(part, 1);
    took(part, entry);
    return entry.values()[0];
  }

  /** One size of a tensor, where the configuration does not have it; axis 0 is the outermost. */
  public int size(String part, int axis) {
    return lookup.size(part, axis);
  }

  /** The numbers of a vector. */
  public float[] values(String part, int size) {
    Entry entry = lookup.vector(part, size);
    float[] values = entry.values();
    float plus = lookup.names().spelling(name(part)).plus();
    for (int i = 0; plus != 0 && i < size; i++) {
      values[i] += plus;
    }
    took(part, entry);
    return values;
  }

  /** The factors by which a file divides the rotation's frequencies; empty where it has none. */
  public float[] ropeFactors(int pairs) {
    return has("ropeFactors") ? values("ropeFactors", pairs) : new float[0];
  }

  /** Knows of a weight, if it is there, that the family does not need. */
  public void ignore(String part) {
    lookup.find(part).ifPresent(entry -> lookup.seen().add(entry.name()));
  }

  /** Knows of all weights of this block, but needs none. */
  public void ignoreAll() {
    lookup.names().blockParts().forEach(this::ignore);
  }

  /**
   * What the model is, once all its weights were taken: one that reads text alone.
   *
   * @throws WeightException if the checkpoint has tensors that nobody asked for
   */
  public ModelInfo info(String architecture, Sizes sizes, List<ModelInfo.CacheLayer> cacheLayers) {
    lookup.refuseOthers(architecture);
    return new ModelInfo(
        architecture,
        sizes.vocabulary(),
        sizes.contextLength(),
        sizes.hiddenSize(),
        sizes.layers(),
        cacheLayers,
        account.parameters,
        account.bytes,
        Set.of(),
        0);
  }

  /** Unmaps the checkpoint; what a model does when it is closed. */
  public Runnable release() {
    return lookup.checkpoint()::close;
  }
}
