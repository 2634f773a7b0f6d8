package ai.pollux.tensor;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One operation's arguments and results, as PyTorch computed them: a safetensors file. */
public final class OpGolden {
  private static final Pattern ENTRY =
      Pattern.compile(
          "\"([\\w.]+)\":\\{\"dtype\":\"(\\w+)\",\"shape\":\\[([\\d,]*)],\"data_offsets\":\\[(\\d+),");

  private record Entry(Shape shape, int at) {}

  private final String name;
  private final ByteBuffer data;
  private final Map<String, Entry> entries = new HashMap<>();
  private final int start;

  /** The file of an operation. */
  public OpGolden(String name) {
    this.name = name;
    data = ByteBuffer.wrap(read(name + ".safetensors")).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) data.getLong(0);
    start = Long.BYTES + header;
    String json = new String(data.array(), Long.BYTES, header, StandardCharsets.UTF_8);
    Matcher matcher = ENTRY.matcher(json);
    while (matcher.find()) {
      String[] sizes = matcher.group(3).split(",");
      int[] shape = new int[sizes.length];
      for (int axis = 0; axis < shape.length; axis++) {
        shape[axis] = Integer.parseInt(sizes[axis]);
      }
      entries.put(matcher.group(1), new Entry(Shape.of(shape), Integer.parseInt(matcher.group(4))));
    }
  }

  private static byte[] read(String file) {
    Path path = TestFiles.golden("ops").resolve(file);
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sizes of a tensor. */
  public Shape shape(String tensor) {
    return entry(tensor).shape();
  }

  /** The values of a tensor. */
  public float[] floats(String tensor) {
    Entry entry = entry(tensor);
    float[] values = new float[entry.shape().elements()];
    data.slice(start + entry.at(), 4 * values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  /** The values of a tensor of whole numbers. */
  public int[] ints(String tensor) {
    Entry entry = entry(tensor);
    int[] values = new int[entry.shape().elements()];
    data.slice(start + entry.at(), 4 * values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .get(values);
    return values;
  }

  private Entry entry(String tensor) {
    Entry entry = entries.get(tensor);
    if (entry == null) {
      throw new AssertionError(name + " has no " + tensor + ", only " + entries.keySet());
    }
    return entry;
  }

  /** A tensor, as a step has it. */
  public Tensor tensor(Ops ops, String tensor) {
    return ops.tensor(shape(tensor), floats(tensor));
  }

  /** A part of a tensor's values as a weight of plain floats. */
  Weight weight(Backend backend, String tensor, int part, int out, int in) {
    float[] values = Samples.rows(floats(tensor), out * in, part, 1);
    return new Weight.Dense(backend.tensor(Shape.of(out, in), values));
  }

  /** Holds values to {@code out.NAME} at the tolerance that ops.json gives it. */
  void expect(String result, float[] found) {
    expectTensor("out." + result, found);
  }

  /** Holds values to a tensor of the file at the tolerance that ops.json gives it. */
  public void expectTensor(String tensor, float[] found) {
    float[] expected = floats(tensor);
    double allowed = tolerance(tensor) * Samples.largest(expected);
    Closeness.check(name + " " + tensor, expected, found, i -> allowed);
  }

  /** A part of the largest magnitude. */
  private double tolerance(String tensor) {
    String json = new String(read("ops.json"), StandardCharsets.UTF_8);
    int op = json.indexOf("\"" + name + "\": {");
    int tolerances = json.indexOf("\"tolerance\": {", op);
    Matcher number =
        Pattern.compile(Pattern.quote("\"" + tensor + "\": ") + "([-+.\\deE]+)").matcher(json);
    if (op < 0 || !number.find(tolerances)) {
      throw new AssertionError("ops.json has no tolerance of " + name + " " + tensor);
    }
    return Double.parseDouble(number.group(1));
  }
}
