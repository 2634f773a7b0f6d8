package ai.pollux.tensor;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/**
 * What every backend must keep: each operation gives what its definition gives, refuses wrong
 * shapes with a message, and treats a row alike whatever other rows it is computed with.
 *
 * <p>A backend's test extends this and hands out the backend. The parts are one interface for each
 * kind of operation.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OpsContract
    implements TensorContract,
        ElementwiseContract,
        NormContract,
        LinearContract,
        EmbedContract,
        ExpertContract,
        ConvolutionContract,
        StreamContract,
        RopeContract,
        AttentionContract,
        RelativeAttentionContract,
        CacheContract,
        GoldenContract {
  @AfterAll
  void closeBackend() {
    backend().close();
  }
}
