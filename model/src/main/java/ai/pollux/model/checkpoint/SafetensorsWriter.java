package ai.pollux.model.checkpoint;

import ai.pollux.tensor.quant.BlockFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes safetensors: first say what goes in, then {@link #write}. Tensors stream from their
 * sources; the file gets its name when it is complete, as with {@link GgufWriter}.
 */
public final class SafetensorsWriter {
  private final Map<String, Planned> tensors = new LinkedHashMap<>();
  private String origin = "";

  private record Planned(BlockFormat format, List<Long> shape, TensorSource source) {
    long rowSize() {
      return shape.isEmpty() ? 1 : shape.getLast();
    }

    long rows() {
      return shape.stream().limit(Math.max(0, shape.size() - 1L)).reduce(1L, (a, b) -> a * b);
    }

    long bytes() {
      return rows() * format.bytesFor(rowSize());
    }
  }

  /** Says whose tensors the sources read, so that a later run knows whether it can go on. */
  public SafetensorsWriter madeOf(Checkpoint checkpoint) {
    origin = TensorFile.origin(checkpoint);
    return this;
  }

  /**
   * Adds a tensor.
   *
   * @param format F32, F16 or BF16
   * @param shape outermost axis first
   * @throws IllegalArgumentException if its name was added before, or its format has blocks
   */
  public SafetensorsWriter tensor(
      String name, BlockFormat format, List<Long> shape, TensorSource source) {
    if (format.blockSize() != 1) {
      throw new IllegalArgumentException(
          "tensor %s: safetensors has no type %s".formatted(name, format.name()));
    }
    if (tensors.putIfAbsent(name, new Planned(format, List.copyOf(shape), source)) != null) {
      throw new IllegalArgumentException("tensor %s was added before".formatted(name));
    }
    return this;
  }

  /** The bytes that all tensors take. */
  public long tensorBytes() {
    return tensors.values().stream().mapToLong(Planned::bytes).sum();
  }

  /**
   * Writes the file, replacing one of that name.
   *
   * @throws CheckpointException if the disk does not take it
   */
  public void write(Path target, GgufWriter.Progress progress) {
    List<TensorFile.Rows> rows =
        tensors.values().stream()
            .map(each ->
                new TensorFile.Rows(
                    each.rows(), each.format().bytesFor(each.rowSize()), 0, each.source()))
            .toList();
    TensorFile file = new TensorFile(header(), rows, origin);
    file.write(new PartFile.Plan(target, file.fingerprint()), progress);
    PartFile.rename(target);
  }

  private byte[] header() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("__metadata__", Map.of("format", "pt"));
    long offset = 0;
    for (Map.Entry<String, Planned> tensor : tensors.entrySet()) {
      Planned planned = tensor.getValue();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("dtype", planned.format().name());
      fields.put("shape", planned.shape());
      fields.put("data_offsets", List.of(offset, offset + planned.bytes()));
      all.put(tensor.getKey(), fields);
      offset += planned.bytes();
    }
    String json = JsonMapper.shared().writeValueAsString(all);
    int padding = -json.getBytes(StandardCharsets.UTF_8).length & (Long.BYTES - 1);
    byte[] text = (json + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + text.length);
    return bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).array();
  }
}
