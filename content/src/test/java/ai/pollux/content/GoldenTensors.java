package ai.pollux.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tensors of a safetensors file, as the goldens have them. */
public final class GoldenTensors {
  private final Path path;
  private final ByteBuffer file;
  private final Json.Obj head;
  private final int dataStart;

  private GoldenTensors(Path path, byte[] bytes) {
    this.path = path;
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.toIntExact(file.getLong(0));
    head = (Json.Obj) Json.parse(new String(bytes, 8, length, StandardCharsets.UTF_8));
    dataStart = 8 + length;
  }

  /** Reads a whole file. */
  public static GoldenTensors read(Path path) {
    try {
      return new GoldenTensors(path, Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the file has a tensor of that name. */
  public boolean has(String name) {
    return head.members().containsKey(name);
  }

  /** The names of all tensors. */
  public List<String> names() {
    return head.members().keySet().stream().filter(name -> !name.startsWith("__")).toList();
  }

  /** A tensor's sizes. */
  public int[] shape(String name) {
    return ((Json.Arr) tensor(name).member("shape"))
        .values().stream().mapToInt(size -> (int) ((Json.Int) size).value()).toArray();
  }

  /** The values of a tensor of 32-bit floats. */
  public float[] floats(String name) {
    ByteBuffer data = data(name, "F32");
    float[] values = new float[data.remaining() / 4];
    data.asFloatBuffer().get(values);
    return values;
  }

  /** The values of a tensor of 32-bit integers. */
  public int[] ints(String name) {
    ByteBuffer data = data(name, "I32");
    int[] values = new int[data.remaining() / 4];
    data.asIntBuffer().get(values);
    return values;
  }

  /** The values of a tensor of bytes. */
  public byte[] bytes(String name) {
    ByteBuffer data = data(name, "U8");
    byte[] values = new byte[data.remaining()];
    data.get(values);
    return values;
  }

  private ByteBuffer data(String name, String type) {
    if (!tensor(name).member("dtype").equals(Json.of(type))) {
      throw new AssertionError(name + " of " + path + " is not " + type + ": " + tensor(name));
    }
    List<Json> ends = ((Json.Arr) tensor(name).member("data_offsets")).values();
    int from = Math.toIntExact(((Json.Int) ends.get(0)).value());
    int to = Math.toIntExact(((Json.Int) ends.get(1)).value());
    return file.slice(dataStart + from, to - from).order(ByteOrder.LITTLE_ENDIAN);
  }

  private Json.Obj tensor(String name) {
    if (!has(name)) {
      throw new AssertionError(path + " has no tensor " + name);
    }
    return (Json.Obj) head.member(name);
  }
}
