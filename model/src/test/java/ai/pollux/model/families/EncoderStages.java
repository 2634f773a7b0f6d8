package ai.pollux.model.families;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.MediaInput;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Ops;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what encoders make at every stage with what the reference made. */
final class EncoderStages {
  /** What an encoder showed of one stage, input by input. */
  private record Rows(String kind, List<float[]> values) {
    float[] all() {
      float[] all = new float[values.stream().mapToInt(each -> each.length).sum()];
      int at = 0;
      for (float[] each : values) {
        System.arraycopy(each, 0, all, at, each.length);
        at += each.length;
      }
      return all;
    }
  }

  private EncoderStages() {}

  /** Every stage that the reference recorded: the rows of all images, or of all sounds. */
  static void check(MediaPrompt prompt, LanguageModel model, Backend backend) {
    List<MediaInput> inputs = new ArrayList<>(prompt.pictures());
    inputs.addAll(prompt.sounds());
    Map<String, Rows> seen = new LinkedHashMap<>();
    for (MediaInput input : inputs) {
      try (Ops ops = backend.open()) {
        prompt.encode(
            model,
            ops,
            input,
            (name, layer, values) ->
                seen.computeIfAbsent(
                        layer < 0 ? name : name + "." + layer,
                        key -> new Rows(name, new ArrayList<>()))
                    .values()
                    .add(values.toArray()));
      }
    }
    GoldenCase golden = prompt.golden();
    List<String> recorded = new ArrayList<>(golden.names(prompt.name("vision.")));
    recorded.addAll(golden.names(prompt.name("audio.")));
    assertThat(recorded).isNotEmpty();
    for (String name : recorded) {
      String stage = name.substring(prompt.name("").length());
      assertThat(seen).as("stages that the encoder shows").containsKey(stage);
      Rows rows = seen.get(stage);
      Goldens.close(
          name, rows.all(), golden.tensor(name).orElseThrow(), golden.tolerance(rows.kind()));
    }
  }
}
