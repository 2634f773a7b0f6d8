package ai.pollux.eval;

import ai.pollux.content.Conversation;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.source.IdxSource;
import ai.pollux.train.data.source.Labelling;
import ai.pollux.train.data.world.export.EncodedSample;
import ai.pollux.train.data.world.picture.PictureTasks;
import java.nio.file.Path;
import java.util.List;

/** Handwritten digits: the ten thousand test images of MNIST, as small PNG files. */
public final class MnistBenchmark implements Benchmark {
  private final Source images;

  /**
   * Those of a folder with {@code t10k-images-idx3-ubyte.gz} and {@code t10k-labels-idx1-ubyte.gz}.
   */
  public MnistBenchmark(Path folder) {
    images =
        IdxSource.open(
            "t10k",
            folder.resolve("t10k-images-idx3-ubyte.gz"),
            folder.resolve("t10k-labels-idx1-ubyte.gz"),
            Labelling.question(PictureTasks.DIGIT, "%s"));
  }

  @Override
  public String name() {
    return "mnist";
  }

  @Override
  public int size() {
    return Math.toIntExact(images.size());
  }

  @Override
  public Question question(int index) {
    if (!(images.sample(index) instanceof Sample.Dialogue labelled)) {
      throw new IllegalStateException("t10k-" + index + ": expected a question and its answer");
    }
    String digit = Answers.text(labelled.conversation().turns().getLast().parts());
    Part picture = EncodedSample.part(labelled.media().getFirst());
    return Question.inWords(
        "t10k-" + index,
        digit,
        new Conversation(
            List.of(),
            List.of(new Turn(Turn.Role.USER, List.of(picture, new Part.Text(PictureTasks.DIGIT)))),
            List.of()),
        digit,
        answer -> Digits.only(answer).equals(digit));
  }
}
