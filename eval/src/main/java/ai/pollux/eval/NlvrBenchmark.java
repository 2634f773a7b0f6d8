package ai.pollux.eval;

import ai.pollux.content.Conversation;
import ai.pollux.content.Media;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.train.data.world.scene.SceneTasks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sentences of people about drawn shapes, true or false (NLVR, Suhr et al. 2017, ACL): each with
 * each picture of it that the archive has.
 */
public final class NlvrBenchmark implements Benchmark {
  private static final JsonMapper JSON = JsonMapper.shared();

  private record Claim(String id, String sentence, String label, byte[] png) {}

  private final List<Claim> claims;

  /**
   * Those of an archive.
   *
   * @param path {@code dev.tar}, or the folder where it lies
   */
  public NlvrBenchmark(Path path) {
    Path tar = Files.isDirectory(path) ? path.resolve("dev.tar") : path;
    Map<String, byte[]> pictures = new HashMap<>();
    List<JsonNode> lines = new ArrayList<>();
    try (TarArchiveInputStream archive = new TarArchiveInputStream(Files.newInputStream(tar))) {
      read(archive, pictures, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(tar + ": cannot be read", e);
    }
    claims = lines.stream().flatMap(line -> claims(line, pictures).stream()).toList();
    if (claims.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: expected sentences in a .json file and pictures dev-ID-N.png, found %d and %d"
              .formatted(tar, lines.size(), pictures.size()));
    }
  }

  private static void read(
      TarArchiveInputStream archive, Map<String, byte[]> pictures, List<JsonNode> lines)
      throws IOException {
    for (TarArchiveEntry entry = archive.getNextEntry();
        entry != null;
        entry = archive.getNextEntry()) {
      String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
      if (name.endsWith(".png")) {
        pictures.put(name, archive.readAllBytes());
      } else if (name.endsWith(".json")) {
        text(archive).lines().map(JSON::readTree).forEach(lines::add);
      }
    }
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static List<Claim> claims(JsonNode line, Map<String, byte[]> pictures) {
    List<Claim> claims = new ArrayList<>();
    String id = line.path("identifier").asString("");
    for (int order = 0; order < 6; order++) {
      byte[] png = pictures.get("dev-%s-%d.png".formatted(id, order));
      if (png != null) {
        claims.add(
            new Claim(
                id + "-" + order,
                line.path("sentence").asString(""),
                line.path("label").asString(""),
                png));
      }
    }
    return claims;
  }

  @Override
  public String name() {
    return "nlvr";
  }

  @Override
  public int size() {
    return claims.size();
  }

  @Override
  public Question question(int index) {
    Claim claim = claims.get(index);
    return Question.inWords(
        claim.id(),
        claim.label(),
        new Conversation(
            List.of(),
            List.of(
                new Turn(
                    Turn.Role.USER,
                    List.of(
                        new Part.Image(new Media("image/png", claim.png())),
                        new Part.Text(SceneTasks.CLAIM.formatted(claim.sentence()))))),
            List.of()),
        claim.label(),
        answer -> isRight(answer, claim.label()));
  }

  private static boolean isRight(String answer, String label) {
    String first = answer.toLowerCase(Locale.ROOT).replaceAll("[^a-z ]", "").strip();
    return first.equals(label);
  }
}
