package ai.pollux.train.tuning;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.tensor.Origin;
import ai.pollux.tensor.Weight;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.torch.TorchBackend;
import ai.pollux.torch.TorchSettings;
import ai.pollux.torch.Tuning;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder of adapters is refused for. */
class AdapterFolderTest {
  @TempDir Path folder;

  private void refused(String config, String message) throws IOException {
    Files.writeString(folder.resolve("adapter_config.json"), config);
    assertThatThrownBy(() -> AdapterFolder.tuning(folder))
        .isInstanceOf(AdapterException.class)
        .hasMessageContaining("adapter_config.json: " + message);
  }

  @Test
  void refusesConfigurationsOfOtherKinds() throws IOException {
    refused("{", "expected JSON that can be read: ");
    refused("{\"peft_type\":\"IA3\"}", "peft_type: expected LORA, found IA3");
    refused("{\"bias\":\"all\"}", "bias: expected none, found all");
    refused("{\"use_dora\":true}", "use_dora: Pollux computes plain LoRA alone");
    refused(
        "{\"target_modules\":\"all\"}", "target_modules: expected a list of names, found \"all\"");
    refused("{\"target_modules\":[],\"r\":0}", "r: expected a number above 0, found 0");
    refused("{\"target_modules\":[],\"r\":2}", "lora_alpha: expected a number above 0, found ");
  }

  @Test
  void refusesAdaptersOfAnotherModel() {
    Tuning.LowRank tuning = new Tuning.LowRank(2, 4, List.of("q_proj"), 1);
    write(tuning, "a.q_proj.weight");
    try (TorchBackend other = backend(tuning, "b.q_proj.weight")) {
      assertThatThrownBy(() -> AdapterFolder.read(folder, other.parameters()))
          .isInstanceOf(AdapterException.class)
          .hasMessageEndingWith(
              "adapter_model.safetensors: expected the adapters that the model has, found others:"
                  + " 4 are in one of them only, first base_model.model.a.q_proj.lora_A.weight");
    }
  }

  private void write(Tuning.LowRank tuning, String weight) {
    try (TorchBackend backend = backend(tuning, weight)) {
      AdapterFolder.write(folder, tuning, backend.parameters());
    }
  }

  private static TorchBackend backend(Tuning tuning, String weight) {
    TorchBackend backend = new TorchBackend(TorchSettings.cpu(1).tuning(tuning));
    Weight.Stored zeros =
        new Weight.Stored(Formats.F32, 3, 5, Arena.ofAuto().allocate(60, Float.BYTES));
    backend.pack(Origin.whole(weight, List.of(3L, 5L)), zeros);
    return backend;
  }
}
