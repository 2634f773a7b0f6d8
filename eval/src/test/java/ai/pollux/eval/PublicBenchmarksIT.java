package ai.pollux.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Part;
import ai.pollux.testkit.TestFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublicBenchmarksIT {
  @TempDir Path empty;

  private static List<Part> said(String text) {
    return List.of(new Part.Text(text));
  }

  @Test
  void nlvrPairsEachSentenceWithItsPictures() {
    NlvrBenchmark nlvr = new NlvrBenchmark(TestFiles.data("images/nlvr"));
    // 989 sentences, the first two orders of boxes of each.
    assertThat(nlvr.size()).isEqualTo(1978);
    Question first = nlvr.question(0);
    assertThat(first.expected()).isIn("true", "false");
    assertThat(first.isRight().test(said(first.expected()))).isTrue();
    assertThat(first.isRight().test(said(first.expected().equals("true") ? "False." : "True.")))
        .isFalse();
    assertThat(first.conversation().turns().getFirst().parts())
        .first()
        .isInstanceOf(Part.Image.class);
  }

  @Test
  void fsddHasTheOfficialTestSplit() {
    FsddBenchmark fsdd = new FsddBenchmark(TestFiles.data("audio/fsdd"));
    // 10 digits, 6 speakers, 5 recordings.
    assertThat(fsdd.size()).isEqualTo(300);
    assertThat(fsdd.question(0).id()).isEqualTo("0_george_0.wav");
    assertThat(fsdd.question(0).isRight().test(said("zero"))).isTrue();
    assertThat(fsdd.question(0).isRight().test(said("1"))).isFalse();
  }

  @Test
  void mnistHasTheTestImagesAsFiles() {
    MnistBenchmark mnist = new MnistBenchmark(TestFiles.data("images/mnist"));
    assertThat(mnist.size()).isEqualTo(10_000);
    // The first label of the published test set is a seven.
    assertThat(mnist.question(0).expected()).isEqualTo("7");
    assertThat(mnist.question(0).isRight().test(said("seven"))).isTrue();
    Part shown = mnist.question(0).conversation().turns().getFirst().parts().getFirst();
    assertThat(((Part.Image) shown).media().bytes()).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void aFolderWithoutThemIsRefused() {
    assertThatThrownBy(() -> new FsddBenchmark(empty))
        .hasMessageContaining("DIGIT_SPEAKER_INDEX.wav with index 0 to 4, found none");
    assertThatThrownBy(() -> new NlvrBenchmark(empty)).hasMessageContaining("dev.tar");
  }
}
