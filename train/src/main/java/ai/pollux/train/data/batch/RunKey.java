package ai.pollux.train.data.batch;

import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.encode.Encoder;
import java.util.List;
import java.util.stream.Collectors;

/** All that decides the steps of a run, in words: two runs of one key give the same steps. */
final class RunKey {
  private RunKey() {}

  static String of(Mixture mixture, List<Source> sources, Encoder encoder, LoaderOptions options) {
    return "seed %d, %d rows of %d, context %d, vocabulary %d, sources %s, stages %s, epochs %s"
        .formatted(
            mixture.seed(),
            options.rows(),
            options.waitingRows(),
            encoder.contextLength(),
            encoder.vocabularySize(),
            sources.stream()
                .map(source -> source.name() + "=" + source.size())
                .collect(Collectors.joining(" ")),
            mixture.stages(),
            new java.util.TreeMap<>(mixture.mostEpochs()));
  }

  static void require(String now, String saved) {
    if (!now.equals(saved)) {
      throw new DataException(
          "The saved state of the data is of another run: expected %s, found %s. Begin anew, or set the run up as it was."
              .formatted(now, saved));
    }
  }
}
