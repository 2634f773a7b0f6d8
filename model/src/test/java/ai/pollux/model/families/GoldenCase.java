package ai.pollux.model.families;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One set of weights and what the reference computes with them.
 *
 * @param name like {@code gemma3/text model-q8_0.gguf}
 * @param weights what to load
 * @param expected the reference's tensors
 * @param tolerance absolute, by kind: 50 times what float32 and float64 of the reference differ by
 * @param prompts token ids
 */
record GoldenCase(
    String name, Path weights, Path expected, JsonNode tolerance, List<Prompt> prompts) {
  /** A prompt of {@code input.json}. */
  record Prompt(String name, int[] ids) {}

  /** Every set of weights of every case that has text prompts only. */
  static List<GoldenCase> all() {
    return where(GoldenCase::isText);
  }

  /** Every case whose prompts hold media, one kind of which each token is said to be. */
  static List<GoldenCase> withMedia() {
    return where(folder -> isModel(folder) && !isText(folder)).stream()
        .filter(
            golden -> !golden.names(golden.prompts().getFirst().name() + ".media_kind").isEmpty())
        .toList();
  }

  private static List<GoldenCase> where(Predicate<Path> chosen) {
    List<GoldenCase> cases = new ArrayList<>();
    for (Path family : folders(TestFiles.golden("."))) {
      for (Path folder : folders(family)) {
        if (chosen.test(folder)) {
          cases.addAll(of(folder));
        }
      }
    }
    return cases;
  }

  /** The case of a folder, read from its safetensors. */
  static GoldenCase at(Path folder) {
    return of(folder).getFirst();
  }

  /** The same case with another difference allowed for a kind of tensor. */
  GoldenCase allowing(String kind, double difference) {
    ObjectNode other = (ObjectNode) tolerance.deepCopy();
    return new GoldenCase(name, weights, expected, other.put(kind, difference), prompts);
  }

  private static List<GoldenCase> of(Path folder) {
    JsonNode facts = json(folder.resolve("expected.json"));
    JsonNode plain = facts.path("tolerance");
    List<GoldenCase> cases = new ArrayList<>();
    String name = folder.getParent().getFileName() + "/" + folder.getFileName() + " ";
    List<Prompt> prompts = prompts(folder);
    Path expected = folder.resolve("expected.safetensors");
    cases.add(new GoldenCase(name + "hf", folder.resolve("hf"), expected, plain, prompts));
    for (Path gguf : files(folder, ".gguf")) {
      String file = gguf.getFileName().toString();
      String type = file.replace("model-", "").replace(".gguf", "");
      boolean exact = type.equals("f32");
      cases.add(
          new GoldenCase(
              name + file,
              gguf,
              exact ? expected : folder.resolve("expected-" + type + ".safetensors"),
              exact ? plain : facts.path("dequantized").path(file).path("tolerance"),
              prompts));
    }
    return cases;
  }

  /** Whether a folder is a case of whole models. */
  private static boolean isModel(Path folder) {
    return Files.exists(folder.resolve("input.json"))
        && Files.exists(folder.resolve("hf/config.json"))
        && Files.exists(folder.resolve("expected.safetensors"));
  }

  /** Whether a folder is a case of whole models with text prompts only. */
  private static boolean isText(Path folder) {
    if (!isModel(folder)) {
      return false;
    }
    for (JsonNode prompt : json(folder.resolve("input.json")).path("prompts")) {
      if (prompt.has("media")) {
        return false;
      }
    }
    return true;
  }

  /** The value of {@code model_type} in the case's configuration. */
  String modelType() {
    Path folder = Files.isDirectory(weights) ? weights : weights.resolveSibling("hf");
    return json(folder.resolve("config.json")).path("model_type").asString();
  }

  /** The allowed difference of a kind of tensor: {@code block}, {@code logits}, ... */
  float tolerance(String kind) {
    return tolerance.required(kind).floatValue();
  }

  /** A tensor of the reference, if it recorded that one. */
  Optional<float[]> tensor(String name) {
    try (Checkpoint file = Checkpoints.open(expected)) {
      return file.contains(name) ? Optional.of(file.entry(name).values()) : Optional.empty();
    }
  }

  /** A tensor of whole numbers, which the reference recorded. */
  int[] wholes(String name) {
    try (Checkpoint file = Checkpoints.open(expected)) {
      return file.entry(name).data().toArray(ValueLayout.JAVA_INT_UNALIGNED);
    }
  }

  /** The sizes of a tensor of the reference. */
  List<Long> shape(String name) {
    try (Checkpoint file = Checkpoints.open(expected)) {
      return file.entry(name).shape();
    }
  }

  /** The names of all tensors of the reference that start so. */
  List<String> names(String start) {
    try (Checkpoint file = Checkpoints.open(expected)) {
      return file.names().stream().filter(name -> name.startsWith(start)).toList();
    }
  }

  /** The 24 tokens that the reference continues a prompt with. */
  int[] greedy(Prompt prompt) {
    return wholes(prompt.name() + ".greedy");
  }

  static List<Prompt> prompts(Path folder) {
    List<Prompt> prompts = new ArrayList<>();
    for (JsonNode prompt : json(folder.resolve("input.json")).path("prompts")) {
      JsonNode ids = prompt.path("ids");
      prompts.add(
          new Prompt(
              prompt.path("name").asString(),
              IntStream.range(0, ids.size()).map(i -> ids.get(i).intValue()).toArray()));
    }
    return prompts;
  }

  static JsonNode json(Path file) {
    return JsonMapper.shared().readTree(file);
  }

  static List<Path> folders(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder, String ending) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
