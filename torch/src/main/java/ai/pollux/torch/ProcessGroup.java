package ai.pollux.torch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.FileStore;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Processes that train one model together, each on rows of its own: data-parallel training over
 * c10d's gloo. Each makes its gradients of its share of the loss, {@link #sumGradients} adds them
 * up, and each takes the same step.
 *
 * <p>All members call the same methods in the same order. Closing it leaves the group.
 */
public final class ProcessGroup implements AutoCloseable {
  /** Values that are sent at once: 25 MB. */
  private static final int BUCKET = 25 << 18;

  private final int rank;
  private final int size;
  private final Store store;
  private final ProcessGroupGloo group;

  private ProcessGroup(Store store, String address, int rank, int size) {
    this.rank = rank;
    this.size = size;
    this.store = store;
    ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create();
    options.devices().put(ProcessGroupGloo.createDeviceForHostname(address));
    group = new ProcessGroupGloo(store, rank, size, options);
  }

  /**
   * Joins processes of this machine.
   *
   * @param meeting a file that does not exist yet, the same for all
   * @param rank which of them this is, from 0
   * @param size how many they are
   * @throws TorchException if not all come
   */
  public static ProcessGroup join(Path meeting, int rank, int size) {
    check(rank, size);
    return joined(
        () -> new ProcessGroup(new FileStore(meeting.toString(), size), "127.0.0.1", rank, size));
  }

  /**
   * Joins processes of several machines.
   *
   * @param host that of the process with rank 0
   * @param port a free one there
   * @param address of this machine, as the others reach it
   * @throws TorchException if not all come
   */
  public static ProcessGroup join(String host, int port, String address, int rank, int size) {
    check(rank, size);
    return joined(() -> {
      TCPStoreOptions options =
          new TCPStoreOptions().port((short) port).isServer(rank == 0).waitWorkers(false);
      return new ProcessGroup(new TCPStore(host, options), address, rank, size);
    });
  }

  private static void check(int rank, int size) {
    if (size < 1 || rank < 0 || rank >= size) {
      throw new IllegalArgumentException(
          "group: expected ranks from 0 to %d, found %d".formatted(size - 1, rank));
    }
  }

  private static ProcessGroup joined(java.util.function.Supplier<ProcessGroup> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw new TorchException("group", "not all processes came: " + e.getMessage(), e);
    }
  }

  /** Which process this is, from 0. */
  public int rank() {
    return rank;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The sum of a number over all processes. */
  public double sum(double value) {
    try (PointerScope _ = new PointerScope()) {
      Tensor sum = Tensor.create(new double[] {value}, 1);
      add(sum);
      return sum.item_double();
    }
  }

  /**
   * Gives each parameter the sum of its gradients in all processes. One that no process has a
   * gradient of gets none.
   */
  public void sumGradients(Parameters parameters) {
    try (PointerScope _ = new PointerScope()) {
      List<Parameter> having = having(parameters.all());
      for (int from = 0; from < having.size(); ) {
        int end = from;
        for (long count = 0; end < having.size() && (end == from || count < BUCKET); end++) {
          count += having.get(end).elements();
        }
        sum(having.subList(from, end));
        from = end;
      }
    }
  }

  /** Those that some process has a gradient of; where this one has none, zeros are its. */
  private List<Parameter> having(List<Parameter> all) {
    float[] here = new float[all.size()];
    for (int i = 0; i < here.length; i++) {
      here[i] = all.get(i).handle().grad().defined() ? 1 : 0;
    }
    Tensor counts = Tensor.create(here, here.length);
    add(counts);
    float[] anywhere = Parameter.read(counts);
    List<Parameter> having = new ArrayList<>();
    for (int i = 0; i < here.length; i++) {
      if (anywhere[i] > 0) {
        Parameter parameter = all.get(i);
        if (here[i] == 0) {
          parameter.handle().mutable_grad().put(torch.zeros_like(parameter.handle().detach()));
        }
        having.add(parameter);
      }
    }
    return having;
  }

  private void sum(List<Parameter> bucket) {
    TensorVector flat = new TensorVector();
    bucket.forEach(parameter -> flat.push_back(parameter.handle().grad().reshape(-1)));
    Tensor all = torch.cat(flat).cpu();
    add(all);
    long at = 0;
    for (Parameter parameter : bucket) {
      Tensor gradient = parameter.handle().grad();
      gradient.copy_(all.narrow(0, at, gradient.numel()).reshape(gradient.shape()));
      at += gradient.numel();
    }
  }

  private void add(Tensor tensor) {
    try {
      group.allreduce(new TensorVector(tensor))._wait();
    } catch (RuntimeException e) {
      throw new TorchException(
          "group", "a process is gone, or does something else: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    group.close();
    store.close();
  }
}
