package ai.pollux.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers and indexes that lie. */
class HostileSafetensorsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9]}} | outside the 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}} | outside the 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | outside the 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,99999999999999999999]}} | in the JSON header",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | F32 [3] takes 12 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}} | impossible",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2,-1],\"data_offsets\":[0,8]}} | impossible",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | begin at 4, expected 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | more bytes follow",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{}} | occurs twice",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"dtype\":\"I8\"}} | occurs twice",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}} | lacks dtype or data_offsets",
        "{\"a\":{\"dtype\":7}} | expected a string for dtype",
        "{\"a\":[]} | expected an object",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5]}} | expected an integer",
        "{\"a\" | in the JSON header",
        "{} x | in the JSON header",
      })
  void aHeaderThatLiesIsRefused(String header, String says) {
    Path file = SmallFiles.write(folder, "m.safetensors", SmallFiles.safetensors(header, 8));
    assertThatThrownBy(() -> Checkpoints.open(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("m.safetensors: ")
        .hasMessageContaining(says);
  }

  @Test
  void aHeaderLongerThanTheFileIsRefused() {
    byte[] bytes = SmallFiles.safetensors();
    for (long length : new long[] {1L << 60, -1, Long.MIN_VALUE, bytes.length}) {
      SmallFiles.littleEndian(8).putLong(length).flip().get(bytes, 0, 8);
      Path file = SmallFiles.write(folder, "m.safetensors", bytes);
      assertThatThrownBy(() -> Checkpoints.open(file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("its size is given as " + Long.toUnsignedString(length))
          .hasMessageContaining("truncated or damaged");
    }
  }

  @Test
  void aHeaderNestedWithoutEndIsRefused() {
    String header = "{\"a\":{\"extra\":" + "[".repeat(100_000);
    Path file = SmallFiles.write(folder, "m.safetensors", SmallFiles.safetensors(header, 0));
    assertThatThrownBy(() -> Checkpoints.open(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("in the JSON header");
  }

  @Test
  void aTypeThatCannotBeComputedWithIsListedAndRefusedWhenRead() {
    Path file = SmallFiles.write(folder, "m.safetensors", SmallFiles.safetensors());
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      Entry entry = checkpoint.entry("c");
      assertThat(entry).hasToString("c I64 [1]");
      assertThat(entry.isReadable()).isFalse();
      assertThatThrownBy(entry::values)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("tensor c: its type I64 cannot be computed with");
    }
  }

  /** Found by a fuzzer: the parser looks at the first bytes before it is asked for anything. */
  @Test
  void anIndexInAnOddEncodingIsRefused() {
    byte[] bytes = {0, 0, 2, 0, '{', '}'};
    Path file = SmallFiles.write(folder, "model.safetensors.index.json", bytes);
    assertThatThrownBy(() -> Checkpoints.open(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("at byte 0, in the JSON header: Unsupported UCS-4 endianness");
  }

  /** Found by a fuzzer: a name of GGUF's types was believed, and nobody compared the sizes. */
  @Test
  void aTypeOfBlocksIsNoneOfThisFormat() {
    String header = "{\"a\":{\"dtype\":\"Q6_K\",\"shape\":[1024,1024],\"data_offsets\":[0,8]}}";
    Path file = SmallFiles.write(folder, "m.safetensors", SmallFiles.safetensors(header, 8));
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      assertThatThrownBy(() -> checkpoint.entry("a").weight(1024, 1024))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("tensor a: its type Q6_K cannot be computed with");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"weight_map\":{\"a\":\"../m.safetensors\"}} | Do not trust this index",
        "{\"weight_map\":{\"a\":\"/etc/m.safetensors\"}} | Do not trust this index",
        "{\"weight_map\":{\"a\":\"x/m.safetensors\"}} | Do not trust this index",
        "{\"weight_map\":{\"a\":\"model.safetensors.index.json\"}} | Do not trust this index",
        "{\"weight_map\":{\"a\":\"\"}} | Do not trust this index",
        "{\"weight_map\":{\"a\":\"gone.safetensors\"}} | its file gone.safetensors is missing",
        "{\"weight_map\":{\"z\":\"m.safetensors\"}} | not in m.safetensors, where the index says",
        "{\"weight_map\":{}} | missing or empty",
        "{\"metadata\":{}} | missing or empty",
        "{\"weight_map\":{\"a\":\"m.safetensors\",\"a\":\"m.safetensors\"}} | occurs twice",
        "[] | expected an object",
      })
  void anIndexThatLiesIsRefused(String index, String says) {
    SmallFiles.write(folder, "m.safetensors", SmallFiles.safetensors());
    Path file = SmallFiles.write(folder, "model.safetensors.index.json", index.getBytes(UTF_8));
    assertThatThrownBy(() -> Checkpoints.open(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(says);
  }
}
