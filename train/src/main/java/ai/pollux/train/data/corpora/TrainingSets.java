package ai.pollux.train.data.corpora;

import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.source.FolderSource;
import ai.pollux.train.data.source.IdxSource;
import ai.pollux.train.data.source.JsonlSource;
import ai.pollux.train.data.source.Labelling;
import ai.pollux.train.data.source.MediaDecoder;
import ai.pollux.train.data.source.RecordFormat;
import ai.pollux.train.data.source.SpokenDigit;
import ai.pollux.train.data.source.TextCut;
import ai.pollux.train.data.source.TextSource;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The sets of the shared folder that its README marks for training, and nothing else. */
public final class TrainingSets {
  /** Documents of books: about 500 tokens. */
  private static final TextCut BOOK = new TextCut.Paragraphs(2_000);

  private static final String PUBLIC_DOMAIN = "public domain";

  /**
   * What is for measuring only, as beginnings of places: a source that opens one of them is a
   * mistake.
   */
  private static final List<String> MEASURING =
      List.of("benchmarks/", "images/mnist/t10k", "images/nlvr", "text/wikitext2");

  private TrainingSets() {}

  /** All of them. */
  public static List<Corpus> all() {
    return Stream.of(texts(), conversations(), media()).flatMap(List::stream).toList();
  }

  /** Prose and plays: documents. */
  public static List<Corpus> texts() {
    return List.of(
        text("shakespeare", "text/tinyshakespeare.txt", BOOK, PUBLIC_DOMAIN, "char-rnn"),
        text("alice", "text/gutenberg/alice.txt", BOOK, PUBLIC_DOMAIN, "Project Gutenberg"),
        text(
            "pride",
            "text/gutenberg/pride-and-prejudice.txt",
            BOOK,
            PUBLIC_DOMAIN,
            "Project Gutenberg"),
        text("bronte", "text/gutenberg/bronte.txt", BOOK, PUBLIC_DOMAIN, "ml5-data-and-models"),
        text("darwin", "text/gutenberg/darwin.txt", BOOK, PUBLIC_DOMAIN, "ml5-data-and-models"),
        text("dubois", "text/gutenberg/dubois.txt", BOOK, PUBLIC_DOMAIN, "ml5-data-and-models"),
        text(
            "tinystories",
            "text/tinystories/tiny_stories.txt",
            new TextCut.Stories(),
            "CDLA-Sharing-1.0",
            "TinyStories"));
  }

  /** Questions and answers: dialogues for tuning. */
  public static List<Corpus> conversations() {
    return List.of(
        jsonl(
            "hh-rlhf",
            "text/preferences/hh-rlhf-harmless-test.jsonl.gz",
            RecordFormat.humanAssistant("chosen"),
            "MIT",
            "anthropics/hh-rlhf"),
        jsonl(
            "seed-tasks",
            "text/instructions/seed_tasks.jsonl",
            RecordFormat.selfInstruct(),
            "Apache-2.0",
            "yizhongw/self-instruct"),
        jsonl(
            "user-tasks",
            "text/instructions/user_oriented_instructions.jsonl",
            RecordFormat.selfInstruct(),
            "Apache-2.0",
            "yizhongw/self-instruct"));
  }

  /** Handwritten and spoken digits. */
  public static List<Corpus> media() {
    return List.of(
        new Corpus(
            "mnist",
            "images/mnist",
            "MIT",
            "rasbt/mnist-pngs",
            (name, folder) ->
                IdxSource.open(
                    name,
                    folder.resolve("train-images-idx3-ubyte.gz"),
                    folder.resolve("train-labels-idx1-ubyte.gz"),
                    Labelling.question("Which digit is written here?", "%s"))),
        new Corpus(
            "fsdd",
            "audio/fsdd/recordings",
            "CC BY-SA 4.0",
            "Jakobovski/free-spoken-digit-dataset",
            (name, folder) ->
                FolderSource.of(
                    name,
                    folder,
                    MediaDecoder.Kind.SOUND,
                    SpokenDigit::forTraining,
                    MediaDecoder.standard(),
                    Labelling.question("Which digit is spoken here?", "%s"))));
  }

  /**
   * Refuses places that are for measuring only.
   *
   * @param place file or folder, from the folder of data
   * @throws DataException where it is one
   */
  public static void requireTrainable(String place) {
    if (MEASURING.stream().anyMatch(place::startsWith)) {
      throw new DataException(
          "%s is for measuring only: a model that learned from it cannot be measured on it. Take one of %s."
              .formatted(place, all().stream().map(Corpus::name).toList()));
    }
  }

  private static Corpus text(
      String name, String place, TextCut cut, String licence, String origin) {
    BiFunction<String, Path, Source> opener = (as, file) -> TextSource.open(as, file, cut);
    return new Corpus(name, place, licence, origin, opener);
  }

  private static Corpus jsonl(
      String name, String place, RecordFormat format, String licence, String origin) {
    BiFunction<String, Path, Source> opener = (as, file) -> JsonlSource.open(as, file, format);
    return new Corpus(name, place, licence, origin, opener);
  }
}
