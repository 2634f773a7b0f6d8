package ai.pollux.cli;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.reference.ReferenceBackend;
import ai.pollux.tensor.simd.SimdBackend;
import picocli.CommandLine.Option;

/** What computes. */
final class BackendFlags {
  /** The backends there are. */
  enum Kind {
    simd,
    reference
  }

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "simd",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); the reference is slow and exact.")
  Kind kind = Kind.simd;

  @Option(
      names = {"-t", "--threads"},
      paramLabel = "N",
      description = "Threads that compute (default: one per core).")
  int threads = Runtime.getRuntime().availableProcessors();

  /** The chosen backend. The caller closes it. */
  Backend open() {
    if (threads < 1) {
      throw new IllegalArgumentException("--threads: expected at least 1, found " + threads);
    }
    return switch (kind) {
      case simd -> new SimdBackend(threads);
      case reference -> new ReferenceBackend();
    };
  }
}
