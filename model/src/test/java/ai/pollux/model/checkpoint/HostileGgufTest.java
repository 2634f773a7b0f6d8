package ai.pollux.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts, lengths, types and offsets that lie. */
class HostileGgufTest {
  private static final int F32 = 0;

  @TempDir Path folder;

  @Test
  void aBillionBillionTensorsAreRefused() {
    refuses(start(1L << 60, 0), "the list of tensors: its size is given as 1152921504606846976");
    refuses(start(-1, 0), "the list of tensors: its size is given as 18446744073709551615");
  }

  @Test
  void aBillionBillionPairsAreRefused() {
    refuses(start(0, 1L << 60), "the list of metadata: its size is given as 1152921504606846976");
  }

  @Test
  void aStringLongerThanTheFileIsRefused() {
    refuses(
        start(0, 1).putLong(1L << 40).putLong(0),
        "a metadata key: its size is given as 1099511627776");
    ByteBuffer value = key(start(0, 1), "k").putInt(GgufType.STRING.number()).putLong(-1);
    refuses(value, "k: its size is given as 18446744073709551615");
  }

  @Test
  void anArrayLongerThanTheFileIsRefused() {
    ByteBuffer numbers = key(start(0, 1), "k").putInt(GgufType.ARRAY.number());
    refuses(numbers.putInt(GgufType.UINT64.number()).putLong(1L << 61), "k: its size is given as");
    ByteBuffer texts = key(start(0, 1), "k").putInt(GgufType.ARRAY.number());
    texts.putInt(GgufType.STRING.number()).putLong(2).putLong(0).putLong(Long.MAX_VALUE);
    refuses(texts, "string 1 of k ends after the file");
  }

  @Test
  void arraysNestedWithoutEndAreRefused() {
    ByteBuffer bytes = key(start(0, 1), "k").putInt(GgufType.ARRAY.number());
    for (int depth = 0; depth < 20; depth++) {
      bytes.putInt(GgufType.ARRAY.number()).putLong(1);
    }
    refuses(bytes, "metadata k nests more than 8 arrays");
  }

  @Test
  void anUnknownTypeOfMetadataIsRefused() {
    refuses(key(start(0, 1), "k").putInt(77).putInt(0), "metadata k has the unknown type 77");
  }

  @Test
  void aKeyThatOccursTwiceIsRefused() {
    ByteBuffer once = key(start(0, 2), "k").putInt(GgufType.UINT32.number()).putInt(1);
    refuses(
        key(once, "k").putInt(GgufType.UINT32.number()).putInt(2), "metadata key k occurs twice");
  }

  @Test
  void aTensorThatOccursTwiceIsRefused() {
    ByteBuffer once = tensor(start(2, 0), "a", F32, 0, 8);
    refuses(tensor(once, "a", F32, 32, 8), "the tensor a occurs twice");
  }

  @Test
  void offsetsOutsideTheFileAreRefused() {
    for (long offset : new long[] {1L << 62, -32, 96}) {
      refuses(withData(tensor(start(1, 0), "a", F32, offset, 8), 64), "tensor a F32 [8]: ");
    }
    refuses(withData(tensor(start(1, 0), "a", F32, 4, 8), 64), "expected a multiple of 32");
  }

  @Test
  void tensorsOverEachOtherAreRefused() {
    ByteBuffer bytes = tensor(tensor(start(2, 0), "a", F32, 0, 16), "b", F32, 32, 8);
    refuses(withData(bytes, 64), "tensor b F32 [8]: its data are said to begin at 32");
  }

  @Test
  void impossibleShapesAreRefused() {
    refuses(tensor(start(1, 0), "a", F32, 0, 1L << 40, 1L << 40), "its shape is impossible");
    refuses(tensor(start(1, 0), "a", F32, 0, -4), "its shape is impossible");
    refuses(tensor(start(1, 0), "a", F32, 0, 1L << 61), "the file has 0 bytes after its offset 0");
    refuses(tensor(start(1, 0), "a", 8, 0, 33), "its rows do not fill whole blocks");
    refuses(tensor(start(1, 0), "a", F32, 0, 1, 1, 1, 1, 1), "has 5 axes, expected at most 4");
  }

  @Test
  void anAlignmentThatIsNoneIsRefused() {
    for (int alignment : new int[] {0, 3, -32}) {
      ByteBuffer bytes = key(start(0, 1), "general.alignment").putInt(GgufType.UINT32.number());
      refuses(bytes.putInt(alignment), "general.alignment: expected a power of two");
    }
    ByteBuffer text = key(start(0, 1), "general.alignment").putInt(GgufType.BOOL.number());
    refuses(text.put((byte) 1), "general.alignment: expected an integer, found BOOL");
  }

  @Test
  void otherVersionsAreRefused() {
    Consumer<Integer> refused =
        version ->
            refuses(
                SmallFiles.littleEndian(4096).putInt(GgufReader.MAGIC).putInt(version).putLong(0),
                version == 1 ? "version 1, expected 2 or 3" : "a big-endian GGUF");
    refused.accept(1);
    refused.accept(Integer.reverseBytes(3));
  }

  @Test
  void anUnknownTypeOfTensorIsListedAndRefusedWhenRead() {
    ByteBuffer bytes = tensor(tensor(start(2, 0), "a", 99, 0, 8), "b", F32, 32, 8);
    Path file = write(withData(bytes, 64));
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      assertThat(checkpoint.entry("a")).hasToString("a type number 99 [8]");
      assertThat(checkpoint.entry("a").bytes()).isEqualTo(32);
      assertThat(checkpoint.entry("b").values()).hasSize(8);
      assertThatThrownBy(() -> checkpoint.entry("a").values())
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("its type type number 99 cannot be computed with");
    }
  }

  private void refuses(ByteBuffer bytes, String says) {
    Path file = write(bytes);
    assertThatThrownBy(() -> Checkpoints.open(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("hostile.gguf: ")
        .hasMessageContaining(says);
  }

  private Path write(ByteBuffer bytes) {
    return SmallFiles.write(folder, "hostile.gguf", Arrays.copyOf(bytes.array(), bytes.position()));
  }

  private static ByteBuffer start(long tensors, long pairs) {
    return SmallFiles.littleEndian(4096)
        .putInt(GgufReader.MAGIC)
        .putInt(GgufReader.VERSION)
        .putLong(tensors)
        .putLong(pairs);
  }

  private static ByteBuffer key(ByteBuffer bytes, String key) {
    return bytes.putLong(key.length()).put(key.getBytes(UTF_8));
  }

  /** Sizes are given innermost first, as in the file. */
  private static ByteBuffer tensor(
      ByteBuffer bytes, String name, int type, long offset, long... sizes) {
    key(bytes, name).putInt(sizes.length);
    for (long size : sizes) {
      bytes.putLong(size);
    }
    return bytes.putInt(type).putLong(offset);
  }

  private static ByteBuffer withData(ByteBuffer bytes, int count) {
    return bytes.position(Math.ceilDiv(bytes.position(), 32) * 32 + count);
  }
}
