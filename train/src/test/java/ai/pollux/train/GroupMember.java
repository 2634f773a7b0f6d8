package ai.pollux.train;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.families.Models;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Tensor;
import ai.pollux.torch.Parameter;
import ai.pollux.torch.ProcessGroup;
import ai.pollux.torch.TorchBackend;
import ai.pollux.torch.TorchOps;
import ai.pollux.torch.TorchSettings;
import ai.pollux.torch.Tuning;
import java.nio.file.Path;

/** One of two processes: takes one of the golden sequences and prints the joint loss. */
final class GroupMember {
  private GroupMember() {}

  /** Arguments: where to meet, and the rank. */
  public static void main(String[] arguments) {
    int rank = Integer.parseInt(arguments[1]);
    UnifiedTiny batch = UnifiedTiny.part(rank, rank + 1);
    TorchSettings settings = TorchSettings.cpu(1).tuning(Tuning.Weights.all());
    try (TorchBackend backend = new TorchBackend(settings);
        LanguageModel model =
            Models.load(UnifiedTiny.FOLDER.resolve("hf"), backend, Progress.NONE);
        ProcessGroup group = ProcessGroup.join(Path.of(arguments[0]), rank, 2)) {
      double total = group.sum(batch.labels.length);
      double loss;
      try (TorchOps ops = backend.record()) {
        Tensor mean = ops.crossEntropy(batch.labelled(ops, model), batch.labels);
        Tensor share = ops.scale(mean, (float) (batch.labels.length / total));
        ops.backward(share);
        loss = group.sum(share.toArray()[0]);
      }
      group.sumGradients(backend.parameters());
      for (Parameter parameter : backend.parameters()) {
        UnifiedTiny.close(
            parameter.name(),
            UnifiedTiny.tensor("expected.safetensors", "grad." + parameter.name()),
            parameter.gradient().orElseThrow(),
            1e-4);
      }
      System.out.println("labels " + total + " loss " + loss);
    }
  }
}
