package ai.pollux.train.tuning;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.SafetensorsWriter;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.torch.Parameter;
import ai.pollux.torch.Parameters;
import ai.pollux.torch.Tuning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Adapters (LoRA) in the folders of Hugging Face's PEFT: {@code adapter_config.json} says what they
 * are beside, {@code adapter_model.safetensors} has their values.
 */
public final class AdapterFolder {
  private static final String CONFIG = "adapter_config.json";
  private static final String VALUES = "adapter_model.safetensors";

  private AdapterFolder() {}

  /**
   * How a backend must tune for the adapters of a folder.
   *
   * @throws AdapterException if they are of a kind that Pollux has not
   */
  public static Tuning.LowRank tuning(Path folder) {
    Path file = folder.resolve(CONFIG);
    JsonNode config = read(file);
    expect(file, config, "peft_type", "LORA");
    expect(file, config, "bias", "none");
    for (String kind : List.of("use_rslora", "use_dora")) {
      if (config.path(kind).asBoolean(false)) {
        throw new AdapterException(file, kind + ": Pollux computes plain LoRA alone");
      }
    }
    JsonNode targets = config.path("target_modules");
    if (!targets.isArray()) {
      throw new AdapterException(
          file, "target_modules: expected a list of names, found " + targets);
    }
    List<String> names = targets.valueStream().map(JsonNode::asString).toList();
    return new Tuning.LowRank(
        positive(file, config, "r").intValue(),
        positive(file, config, "lora_alpha").floatValue(),
        names,
        0);
  }

  private static JsonNode read(Path file) {
    try {
      return JsonMapper.shared().readTree(file);
    } catch (JacksonException e) {
      throw new AdapterException(file, "expected JSON that can be read: " + e.getOriginalMessage());
    }
  }

  private static void expect(Path file, JsonNode config, String key, String expected) {
    String found = config.path(key).asString(expected);
    if (!found.equals(expected)) {
      throw new AdapterException(file, "%s: expected %s, found %s".formatted(key, expected, found));
    }
  }

  private static JsonNode positive(Path file, JsonNode config, String key) {
    JsonNode value = config.path(key);
    if (!value.isNumber() || value.doubleValue() <= 0) {
      throw new AdapterException(
          file, "%s: expected a number above 0, found %s".formatted(key, value));
    }
    return value;
  }

  /**
   * Gives the adapters of a loaded model the values of a folder.
   *
   * @throws AdapterException if the folder has others than the model
   */
  public static void read(Path folder, Parameters parameters) {
    Path file = folder.resolve(VALUES);
    try (Checkpoint values = Checkpoints.open(file)) {
      Set<String> wanted =
          parameters.all().stream().map(Parameter::name).collect(Collectors.toSet());
      if (!wanted.equals(values.names())) {
        Set<String> differing = new TreeSet<>(wanted);
        differing.addAll(values.names());
        differing.removeIf(name -> wanted.contains(name) && values.contains(name));
        throw new AdapterException(
            file,
            "expected the adapters that the model has, found others: %d are in one of them only, first %s"
                .formatted(differing.size(), differing.iterator().next()));
      }
      for (Parameter parameter : parameters) {
        parameter.set(values.entry(parameter.name()).values());
      }
    }
  }

  /** Writes the adapters of a model as PEFT reads them. */
  public static void write(Path folder, Tuning.LowRank tuning, Parameters parameters) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("peft_type", "LORA");
    config.put("task_type", "CAUSAL_LM");
    config.put("r", tuning.rank());
    config.put("lora_alpha", tuning.alpha());
    config.put("lora_dropout", 0.0);
    config.put("bias", "none");
    config.put("target_modules", tuning.targets());
    config.put("inference_mode", true);
    SafetensorsWriter writer = new SafetensorsWriter();
    for (Parameter parameter : parameters) {
      int width = parameter.origin().shape().getLast().intValue();
      float[] values = parameter.values();
      writer.tensor(
          parameter.name(),
          Formats.F32,
          parameter.origin().shape(),
          (row, count, target) ->
              Formats.F32.encode(values, Math.toIntExact(row) * width, count * width, target, 0));
    }
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve(CONFIG),
          JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    writer.write(folder.resolve(VALUES), (done, total) -> {});
  }
}
