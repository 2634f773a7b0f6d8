package ai.pollux.content.tokenizer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * data/tokenizers/gemma3/vocabulary.bin: per piece a length of one byte, or two from 128 on (the
 * first with its top bit set: seven low bits), and UTF-8. What each piece is, is in the data's
 * README.
 */
final class Gemma3Vocabulary {
  private Gemma3Vocabulary() {}

  static GgufVocabulary read(Path file) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> pieces = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int length = bytes.get() & 0xFF;
      if (length >= 128) {
        length = length - 128 + (bytes.get() & 0xFF) * 128;
      }
      byte[] piece = new byte[length];
      bytes.get(piece);
      pieces.add(new String(piece, StandardCharsets.UTF_8));
    }
    int[] types = new int[pieces.size()];
    float[] scores = new float[types.length];
    for (int id = 0; id < types.length; id++) {
      types[id] = type(id);
      scores[id] = -id;
      if (types[id] == 4) {
        pieces.set(id, pieces.get(id).replace('\u2581', ' '));
      }
    }
    return new GgufVocabulary(
        "llama",
        "default",
        pieces,
        scores,
        types,
        List.of(),
        OptionalInt.of(2),
        OptionalInt.of(1),
        OptionalInt.of(3),
        Optional.of(true),
        Optional.of(false),
        Optional.of(false));
  }

  private static int type(int id) {
    if (id < 3) {
      return 3;
    }
    if (id == 3) {
      return 2;
    }
    if (id < 238 || id >= 255_968) {
      return 4;
    }
    return id < 494 ? 6 : 1;
  }
}
