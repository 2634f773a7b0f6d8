package ai.pollux.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.pollux.tensor.quant.Formats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A few hundred bytes of each format, whole, for tests to damage. */
final class SmallFiles {
  private SmallFiles() {}

  static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] safetensors(String header, int dataBytes) {
    byte[] json = header.getBytes(UTF_8);
    ByteBuffer bytes = littleEndian(Long.BYTES + json.length + dataBytes);
    bytes.putLong(json.length).put(json);
    for (int i = 0; i < dataBytes; i++) {
      bytes.put((byte) i);
    }
    return bytes.array();
  }

  static byte[] safetensors() {
    return safetensors(
        """
        {"__metadata__":{"format":"pt"},
         "a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},
         "b":{"dtype":"BF16","shape":[4],"data_offsets":[24,32]},
         "c":{"dtype":"I64","shape":[1],"data_offsets":[32,40]}}\
        """,
        40);
  }

  static byte[] gguf(Path folder) {
    Path file = folder.resolve("small.gguf");
    new GgufWriter()
        .put("general.architecture", MetadataValue.text("llama"))
        .put("llama.block_count", MetadataValue.uint32(1))
        .put(
            "tokens",
            MetadataValue.array(
                GgufType.STRING, List.of(MetadataValue.text("one"), MetadataValue.text("zwei"))))
        .tensor("a", Formats.F32, List.of(2L, 4L), counting(Formats.F32.blockSize() * 4))
        .tensor(
            "b",
            Formats.Q8_0,
            List.of(3L, 32L),
            TensorSource.encoding(Formats.Q8_0, 32, (row, target) -> target[0] = row))
        .tensor("c", Formats.F32, List.of(8L), counting(8))
        .write(file, GgufWriter.Progress.NONE);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TensorSource counting(int rowSize) {
    return TensorSource.encoding(
        Formats.F32,
        rowSize,
        (row, target) -> {
          for (int i = 0; i < target.length; i++) {
            target[i] = row * target.length + i;
          }
        });
  }

  /** Hidden size 4, one layer, two heads, one of them for keys; 6 tokens, 8 positions, tied. */
  static byte[] llama2c() {
    int floats = 6 * 4 + (4 + 16 + 8 + 8 + 16 + 4 + 3 * 4 * 5) + 4 + 8 * 2;
    ByteBuffer bytes = littleEndian(28 + 4 * floats);
    for (int value : new int[] {4, 5, 1, 2, 1, 6, 8}) {
      bytes.putInt(value);
    }
    for (int i = 0; i < floats; i++) {
      bytes.putFloat(i);
    }
    return bytes.array();
  }

  static Path write(Path folder, String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
