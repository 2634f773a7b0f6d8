package ai.pollux.model.families;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.reference.ReferenceBackend;
import ai.pollux.testkit.TestFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A real, trained model from a file of llama2.c, held to what llama2.c prints. */
class Stories260kGoldenTest {
  private static final int STEPS = 200;
  private static final int BOS = 1;

  @Test
  void greedyDecodingTellsTheSameStoryAsLlama2c() throws IOException {
    Path folder = TestFiles.data("weights/stories260K");
    byte[] expected = Files.readAllBytes(folder.resolve("greedy-200-steps.txt"));
    try (Backend backend = new ReferenceBackend();
        LanguageModel model =
            Models.load(folder.resolve("stories260K.bin"), backend, Progress.NONE)) {
      assertThat(model.info().parameters()).isEqualTo(260_032);
      int[] ids = greedy(model, backend);
      assertThat(text(folder.resolve("tok512.bin"), ids)).isEqualTo(expected);
    }
  }

  /** The best token of every step, BOS first. */
  private static int[] greedy(LanguageModel model, Backend backend) {
    int[] ids = new int[STEPS + 1];
    ids[0] = BOS;
    try (PagedPast past = new PagedPast(backend, model.info(), STEPS)) {
      for (int step = 0; step < STEPS; step++) {
        int[] last = {ids[step]};
        try (Ops ops = backend.open()) {
          ids[step + 1] = Goldens.best(model.forward(ops, last, past.next(1), new int[] {0}), 0);
        }
      }
    }
    return ids;
  }

  /** The bytes of the tokens after the first, with the space left out that follows a start. */
  private static byte[] text(Path vocabulary, int[] ids) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(vocabulary));
    file.order(ByteOrder.LITTLE_ENDIAN).getInt();
    byte[][] pieces = new byte[512][];
    for (int i = 0; i < pieces.length; i++) {
      file.getFloat();
      pieces[i] = new byte[file.getInt()];
      file.get(pieces[i]);
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = 1; i < ids.length; i++) {
      String piece = new String(pieces[ids[i]], StandardCharsets.UTF_8);
      if (piece.matches("<0x[0-9A-F]{2}>")) {
        text.write(Integer.parseInt(piece.substring(3, 5), 16));
      } else {
        boolean leads = ids[i - 1] == BOS && piece.startsWith(" ");
        text.write(pieces[ids[i]], leads ? 1 : 0, pieces[ids[i]].length - (leads ? 1 : 0));
      }
    }
    return text.toByteArray();
  }
}
