package ai.pollux.model.checkpoint;

import ai.pollux.tensor.Weight;
import ai.pollux.tensor.quant.BlockFormat;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One tensor of a {@link Checkpoint}, still in its file: a name, a shape with the outermost axis
 * first ({@code [out, in]} for a matrix, whatever the file's order), a type. Types that Pollux does
 * not compute with are listed and refused when they are read.
 */
public final class Entry {
  private final String name;
  private final List<Long> shape;
  private final String type;
  private final Optional<BlockFormat> format;
  private final Path file;
  private final MemorySegment data;

  /**
   * @param data exactly the tensor's bytes
   */
  Entry(
      String name,
      List<Long> shape,
      String type,
      Optional<BlockFormat> format,
      Path file,
      MemorySegment data) {
    this.name = name;
    this.shape = List.copyOf(shape);
    this.type = type;
    this.format = format;
    this.file = file;
    this.data = data;
  }

  /** Its name in the file. */
  public String name() {
    return name;
  }

  /** Sizes of its axes, outermost first; empty for a single value. */
  public List<Long> shape() {
    return shape;
  }

  /** How many values. */
  public long elements() {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }

  /** The type as the file names it, like {@code Q4_0}, {@code BF16} or {@code I64}. */
  public String type() {
    return type;
  }

  /** Whether Pollux can compute with its type. */
  public boolean isReadable() {
    return format.isPresent();
  }

  /** The file it is in: one of several for a sharded checkpoint. */
  public Path file() {
    return file;
  }

  /** The bytes it takes in the file. */
  public long bytes() {
    return data.byteSize();
  }

  /**
   * How its values are stored.
   *
   * @throws CheckpointException if Pollux cannot read the type
   */
  public BlockFormat format() {
    return format.orElseThrow(() ->
        problem(
            "its type %s cannot be computed with. Convert the file to one of the types that `pollux inspect --help` lists"
                .formatted(type)));
  }

  /**
   * Its bytes, a read-only slice of the mapped file.
   *
   * @throws CheckpointException if the checkpoint is closed
   */
  public MemorySegment data() {
    if (!data.scope().isAlive()) {
      throw problem("the checkpoint is closed. Read its tensors before closing it");
    }
    return data;
  }

  /**
   * The matrix.
   *
   * @throws CheckpointException if its shape is another, or its type is not readable
   */
  public Weight.Stored weight(int out, int in) {
    expect(out, in);
    return new Weight.Stored(format(), out, in, data());
  }

  /**
   * Matrix {@code index} of a tensor [N, out, in], like one of a layer's experts.
   *
   * @throws CheckpointException if its shape is another, or its type is not readable
   */
  public Weight.Stored weight(int index, int count, int out, int in) {
    expect(count, out, in);
    long size = out * format().bytesFor(in);
    return new Weight.Stored(format(), out, in, data().asSlice(index * size, size));
  }

  /**
   * All its values, decoded.
   *
   * @throws CheckpointException if its shape is another, or its type is not readable
   */
  public float[] values(int... shape) {
    expect(shape);
    return values();
  }

  /**
   * All its values, decoded, whatever the shape.
   *
   * @throws CheckpointException if its type is not readable, or it has 2³¹ values or more
   */
  public float[] values() {
    if (elements() > Integer.MAX_VALUE) {
      throw problem("%d values do not fit an array. Read it as a weight".formatted(elements()));
    }
    float[] values = new float[(int) elements()];
    format().decode(data(), 0, values, 0, values.length);
    return values;
  }

  /** Like {@code blk.0.attn_q.weight Q4_0 [2048, 2048]}. */
  @Override
  public String toString() {
    return name + " " + type + " " + shape;
  }

  private void expect(int... expected) {
    List<Long> wanted = Arrays.stream(expected).asLongStream().boxed().toList();
    if (!wanted.equals(shape)) {
      throw problem(
          "expected %s, found %s. The tensor does not match the sizes its configuration gives"
              .formatted(wanted, shape));
    }
  }

  private CheckpointException problem(String what) {
    return new CheckpointException(file, "tensor " + name + ": " + what);
  }
}
