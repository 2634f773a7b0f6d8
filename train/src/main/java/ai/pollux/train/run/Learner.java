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
import ai.pollux.torch.Parameter;
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
  private static final String FIRST = "exp_avg.";
  private static final String SECOND = "exp_avg_sq.";
  private static final String STEPS = "step.";

  private final TorchBackend backend;
  private final LanguageModel model;
  private final AdamW optimizer;
  private final boolean recompute;

  /** Loads a model from a folder. */
  Learner(Path folder, TorchSettings settings, double weightDecay, boolean recompute) {
    backend = new TorchBackend(settings.tuning(Tuning.Weights.all()));
    model = Models.load(folder, backend, (weight, done, total) -> {});
    optimizer = new AdamW(backend.parameters(), AdamW.Settings.of(weightDecay));
    this.recompute = recompute;
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

  /** Moves the weights along the gradients, and forgets these. */
  void step(double learningRate) {
    optimizer.step(learningRate);
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
    for (Parameter parameter : backend.parameters()) {
      AdamW.Moments known = optimizer.moments(parameter);
      List<Long> shape = parameter.origin().shape();
      add(moments, FIRST + parameter.name(), shape, known.first());
      add(moments, SECOND + parameter.name(), shape, known.second());
      add(moments, STEPS + parameter.name(), List.of(1L), new float[] {known.steps()});
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
      for (Parameter parameter : backend.parameters()) {
        String name = parameter.name();
        parameter.set(values(weights, name));
        optimizer.restore(
            parameter,
            new AdamW.Moments(
                (long) values(moments, STEPS + name)[0],
                values(moments, FIRST + name),
                values(moments, SECOND + name)));
      }
    }
    forget();
  }

  private static float[] values(Checkpoint checkpoint, String name) {
    return checkpoint.entry(name).values();
  }

  @Override
  public void close() {
    optimizer.close();
    model.close();
    backend.close();
  }
}
