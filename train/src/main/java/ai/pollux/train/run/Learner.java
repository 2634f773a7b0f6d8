package ai.pollux.train.run;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.MediaInput;
import ai.pollux.model.Tap;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.SafetensorsWriter;
import ai.pollux.model.families.Models;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.torch.AdamW;
import ai.pollux.torch.Muon;
import ai.pollux.torch.Optimizer;
import ai.pollux.torch.Parameter;
import ai.pollux.torch.Parameters;
import ai.pollux.torch.TorchBackend;
import ai.pollux.torch.TorchOps;
import ai.pollux.torch.TorchSettings;
import ai.pollux.torch.Tuning;
import ai.pollux.train.data.batch.Batch;
import ai.pollux.train.data.encode.PlacedInput;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A model that learns: weights, gradients and moments on libtorch. Owns all of it; close it after
 * use.
 */
final class Learner implements AutoCloseable {
  /**
   * The loss of a batch.
   *
   * @param sum over its tokens that are learned
   * @param tokens how many those are
   */
  record Loss(double sum, long tokens) {}

  private static final String OPTIMIZER = "optimizer.safetensors";

  private final TorchBackend backend;
  private final LanguageModel model;
  private final List<Optimizer> optimizers;
  private final boolean recompute;

  /** Loads a model from a folder. */
  Learner(Path folder, TorchSettings settings, RunSettings.Learning learning, boolean recompute) {
    backend = new TorchBackend(settings.tuning(Tuning.Weights.all()));
    model = Models.load(folder, backend, (weight, done, total) -> {});
    optimizers = optimizers(backend.parameters(), learning);
    this.recompute = recompute;
  }

  /** With MUON, AdamW has what is no matrix within a block. */
  private static List<Optimizer> optimizers(Parameters all, RunSettings.Learning learning) {
    AdamW.Settings adam = AdamW.Settings.of(learning.weightDecay());
    if (learning.optimizer() == RunSettings.OptimizerName.ADAMW) {
      return List.of(new AdamW(all, adam));
    }
    List<Parameter> inner = all.all().stream().filter(Learner::isInner).toList();
    List<Parameter> others = all.all().stream().filter(one -> !isInner(one)).toList();
    return List.of(
        new Muon(inner, Muon.Settings.of(learning.weightDecay())), new AdamW(others, adam));
  }

  private static boolean isInner(Parameter parameter) {
    return parameter.isMatrix() && parameter.name().contains(".layers.");
  }

  /**
   * Adds a batch's gradients, each learned token's divided by {@code all}.
   *
   * @param all learned tokens of all batches of the step
   */
  Loss learn(Batch batch, long all) {
    int[] rows = batch.learnedRows();
    try (TorchOps ops = recompute ? backend.recordBlocks() : backend.record()) {
      Tensor mean = loss(ops, batch, rows);
      double value = mean.toArray()[0];
      if (Double.isFinite(value)) {
        ops.backward(ops.scale(mean, (float) ((double) rows.length / all)));
      }
      return new Loss(value * rows.length, rows.length);
    }
  }

  /** The loss of a batch, without gradients. */
  Loss measure(Batch batch) {
    int[] rows = batch.learnedRows();
    try (TorchOps ops = backend.evaluate()) {
      return new Loss((double) loss(ops, batch, rows).toArray()[0] * rows.length, rows.length);
    }
  }

  private Tensor loss(TorchOps ops, Batch batch, int[] rows) {
    Tensor inputs = withMedia(ops, model.embed(ops, batch.ids()), batch.media());
    Tensor hidden = model.decode(ops, batch.ids(), inputs, batch.past(), Tap.NONE);
    Tensor logits = model.logits(ops, ops.rows(hidden, rows)); // [N, V]
    return ops.crossEntropy(logits, IntStream.of(rows).map(row -> batch.targets()[row]).toArray());
  }

  /** Rows of media in their places; those of one form at once where the model lets us. */
  private Tensor withMedia(Ops ops, Tensor embedded, List<PlacedInput> media) {
    Map<Object, List<PlacedInput>> groups = new LinkedHashMap<>();
    for (PlacedInput medium : media) {
      Object form = model.isRowByRow(medium.input()) ? medium.input().getClass() : medium;
      groups.computeIfAbsent(form, key -> new ArrayList<>()).add(medium);
    }
    Tensor inputs = embedded;
    for (List<PlacedInput> group : groups.values()) {
      List<MediaInput> together = group.stream().map(PlacedInput::input).toList();
      MediaInput input = together.size() == 1 ? together.getFirst() : MediaInput.join(together);
      int[] places = group.stream().flatMapToInt(one -> IntStream.of(one.rows())).toArray();
      inputs = ops.place(inputs, places, model.encode(ops, input));
    }
    return inputs;
  }

  /** The gradient's length before it is shortened to {@code most}. */
  double clip(double most) {
    return backend.parameters().clipGradients(most);
  }

  /** Gives each weight the sum of its gradients in all processes. */
  void sumGradients(Team team) {
    team.sumGradients(backend.parameters());
  }

  /** Moves the weights along the gradients, and forgets these. */
  void step(double learningRate) {
    optimizers.forEach(optimizer -> optimizer.step(learningRate));
    forget();
  }

  /** Forgets the gradients. */
  void forget() {
    backend.parameters().clearGradients();
  }

  /** How many numbers are learned. */
  long parameterCount() {
    long count = 0;
    for (Parameter parameter : backend.parameters()) {
      count += parameter.elements();
    }
    return count;
  }

  /**
   * Writes the weights as the checkpoint {@code original} has them, and the moments beside.
   *
   * @param original a folder whose other tensors (buffers) are taken over
   */
  void write(Path folder, Path original) {
    SafetensorsWriter weights = new SafetensorsWriter();
    Map<String, Parameter> learned = new LinkedHashMap<>();
    backend.parameters().forEach(parameter -> learned.put(parameter.name(), parameter));
    try (Checkpoint checkpoint = Checkpoints.open(original)) {
      for (String name : checkpoint.names()) {
        Entry entry = checkpoint.entry(name);
        Parameter parameter = learned.get(name);
        float[] values = parameter == null ? entry.values() : parameter.values();
        add(weights, name, entry.shape(), values);
      }
      weights.write(folder.resolve("model.safetensors"), (done, total) -> {});
    }
    SafetensorsWriter moments = new SafetensorsWriter();
    for (Optimizer optimizer : optimizers) {
      for (Parameter parameter : optimizer.parameters()) {
        optimizer.state(parameter).entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(known -> {
              float[] values = known.getValue();
              boolean isOne = values.length == parameter.elements();
              List<Long> shape = isOne ? parameter.origin().shape() : List.of((long) values.length);
              add(moments, known.getKey() + "." + parameter.name(), shape, values);
            });
      }
    }
    moments.write(folder.resolve(OPTIMIZER), (done, total) -> {});
  }

  private static void add(SafetensorsWriter writer, String name, List<Long> shape, float[] values) {
    MemorySegment all = MemorySegment.ofArray(values);
    long width = shape.isEmpty() ? 1 : shape.getLast();
    writer.tensor(
        name,
        Formats.F32,
        shape,
        (row, rows, target) ->
            target.copyFrom(
                all.asSlice(
                    row * width * ValueLayout.JAVA_FLOAT.byteSize(),
                    rows * width * ValueLayout.JAVA_FLOAT.byteSize())));
  }

  /** Takes weights and moments from a checkpoint of this run. */
  void restore(Path folder) {
    try (Checkpoint weights = Checkpoints.open(folder.resolve("model.safetensors"));
        Checkpoint moments = Checkpoints.open(folder.resolve(OPTIMIZER))) {
      backend.parameters().forEach(one -> one.set(values(weights, one.name())));
      for (Optimizer optimizer : optimizers) {
        for (Parameter parameter : optimizer.parameters()) {
          Map<String, float[]> state = new LinkedHashMap<>(optimizer.state(parameter));
          state.replaceAll((key, before) -> values(moments, key + "." + parameter.name()));
          optimizer.restore(parameter, state);
        }
      }
    }
    forget();
  }

  private static float[] values(Checkpoint checkpoint, String name) {
    return checkpoint.entry(name).values();
  }

  @Override
  public void close() {
    optimizers.forEach(Optimizer::close);
    model.close();
    backend.close();
  }
}
