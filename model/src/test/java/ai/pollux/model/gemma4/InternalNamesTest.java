package ai.pollux.model.gemma4;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.MediaKind;
import ai.pollux.model.families.Models;
import ai.pollux.tensor.reference.ReferenceBackend;
import ai.pollux.testkit.TestFiles;
import org.junit.jupiter.api.Test;

/** Files whose weights are named as inside the reference library, not as it publishes them. */
final class InternalNamesTest {
  @Test
  void areReadToo() {
    try (ReferenceBackend backend = new ReferenceBackend();
        LanguageModel model =
            Models.load(
                TestFiles.golden("training/unified-tiny/hf"),
                backend,
                (weight, done, total) -> {})) {
      assertThat(model.info().media()).contains(MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO);
    }
  }
}
