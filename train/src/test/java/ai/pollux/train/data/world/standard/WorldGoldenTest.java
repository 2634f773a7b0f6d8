package ai.pollux.train.data.world.standard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * The world is the same on every machine. Where a task is changed on purpose, its line in {@code
 * world-hashes.txt} changes: take the new ones from this test's message.
 */
final class WorldGoldenTest {
  @Test
  void everyTaskGivesTheSameProblemsEverywhere() throws IOException, NoSuchAlgorithmException {
    World world = StandardWorld.of(42, TestSources.small());
    StringBuilder lines = new StringBuilder();
    for (String name : world.names()) {
      Task task = world.task(name).orElseThrow();
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Split split : Split.values()) {
        for (int i = 0; i < 5; i++) {
          add(digest, world.problem(split, task, i));
        }
      }
      lines.append(name).append(' ');
      lines.append(HexFormat.of().formatHex(digest.digest(), 0, 8)).append('\n');
    }
    try (InputStream in = WorldGoldenTest.class.getResourceAsStream("world-hashes.txt")) {
      assertThat(lines.toString()).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void add(MessageDigest digest, Problem problem) {
    digest.update(
        problem.dialogue().conversation().tools().toString().getBytes(StandardCharsets.UTF_8));
    problem
        .exchanges()
        .forEach(exchange ->
            digest.update(
                (exchange.question().role() + exchange.answer().text())
                    .getBytes(StandardCharsets.UTF_8)));
    problem
        .document()
        .pieces()
        .forEach(piece -> {
          if (piece instanceof ai.pollux.train.data.Sample.Piece.Words words) {
            digest.update(words.text().getBytes(StandardCharsets.UTF_8));
          }
        });
    problem.media().forEach(medium -> add(digest, medium));
  }

  private static void add(MessageDigest digest, Medium medium) {
    switch (medium) {
      case Medium.Picture(RgbImage image) -> digest.update(image.rgb());
      case Medium.Sound(float[] samples) -> {
        ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length);
        bytes.asFloatBuffer().put(samples);
        digest.update(bytes);
      }
      case Medium.Film film -> film.frames().forEach(frame -> digest.update(frame.rgb()));
    }
  }
}
