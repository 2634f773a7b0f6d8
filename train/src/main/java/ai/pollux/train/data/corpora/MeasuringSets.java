package ai.pollux.train.data.corpora;

import ai.pollux.train.data.DataException;
import ai.pollux.train.data.SampleText;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.screen.Benchmark;
import ai.pollux.train.data.screen.Benchmark.Item;
import ai.pollux.train.data.source.FolderSource;
import ai.pollux.train.data.source.IdxSource;
import ai.pollux.train.data.source.JsonlSource;
import ai.pollux.train.data.source.Labelling;
import ai.pollux.train.data.source.MediaDecoder;
import ai.pollux.train.data.source.RecordFormat;
import ai.pollux.train.data.source.SpokenDigit;
import ai.pollux.train.data.source.TextCut;
import ai.pollux.train.data.source.TextSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** The sets of the shared folder that models are measured on, to be kept out of training. */
public final class MeasuringSets {
  /** Only the label's place in a sample matters here. */
  private static final Labelling ALONE = Labelling.caption("");

  private final Path data;

  /** Sets below a folder of data. */
  public MeasuringSets(Path data) {
    this.data = data;
  }

  /**
   * All of them.
   *
   * @throws DataException where one is not there
   */
  public List<Benchmark> all() {
    return List.of(
        gsm8k(), mmlu(), humanEval(), hellaSwag(), wikiText2(), mnist(), spokenDigits(), nlvr());
  }

  /** GSM8K's test questions with their answers. */
  public Benchmark gsm8k() {
    return records("gsm8k", "benchmarks/gsm8k/test.jsonl", "question", "answer");
  }

  /** MMLU's test questions with their choices. */
  public Benchmark mmlu() {
    List<Item> items = new ArrayList<>();
    Path folder = data.resolve("benchmarks/mmlu/test");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        List<List<String>> rows = Csv.parse(Files.readString(file));
        for (List<String> row : rows.subList(1, rows.size())) {
          items.add(new Item.Words(String.join(" ", row.subList(0, row.size() - 1))));
        }
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    return new Benchmark("mmlu", items);
  }

  /** HumanEval's prompts and solutions. */
  public Benchmark humanEval() {
    return records(
        "humaneval", "benchmarks/humaneval/HumanEval.jsonl.gz", "prompt", "canonical_solution");
  }

  /** HellaSwag's contexts, each with the four endings. */
  public Benchmark hellaSwag() {
    Path file = data.resolve("benchmarks/hellaswag/hellaswag_val_full.txt.bz2");
    try (InputStream in =
        new BZip2CompressorInputStream(new BufferedInputStream(Files.newInputStream(file)), true)) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      List<Item> items = new ArrayList<>();
      for (int i = 0; i + 5 < lines.size(); i += 6) { // context, number of the ending, endings
        for (int ending = 2; ending < 6; ending++) {
          items.add(new Item.Words(lines.get(i) + " " + lines.get(i + ending)));
        }
      }
      return new Benchmark("hellaswag", items);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** WikiText-2, valid and test. */
  public Benchmark wikiText2() {
    List<Item> items = new ArrayList<>();
    for (String split : List.of("valid", "test")) {
      TextCut cut = new TextCut.Paragraphs(5_000);
      items.addAll(
          items(TextSource.open(split, data.resolve("text/wikitext2/" + split + ".txt"), cut)));
    }
    return new Benchmark("wikitext2", items);
  }

  /** MNIST's 10,000 test pictures. */
  public Benchmark mnist() {
    Path folder = data.resolve("images/mnist");
    return new Benchmark(
        "mnist-t10k",
        items(
            IdxSource.open(
                "t10k",
                folder.resolve("t10k-images-idx3-ubyte.gz"),
                folder.resolve("t10k-labels-idx1-ubyte.gz"),
                ALONE)));
  }

  /** The Free Spoken Digit Dataset's test split. */
  public Benchmark spokenDigits() {
    return new Benchmark(
        "fsdd-test",
        items(
            FolderSource.of(
                "fsdd",
                data.resolve("audio/fsdd/recordings"),
                MediaDecoder.Kind.SOUND,
                SpokenDigit::forTest,
                MediaDecoder.standard(),
                ALONE)));
  }

  /** NLVR's sentences and pictures. */
  public Benchmark nlvr() {
    Path file = data.resolve("images/nlvr/dev.tar");
    List<Item> items = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      MediaDecoder decoder = MediaDecoder.standard();
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().endsWith(".png")) {
          items.add(new Item.Shown(decoder.decode(entry.getName(), tar.readAllBytes())));
        } else if (entry.getName().endsWith(".json")) {
          new String(tar.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .forEach(line -> items.add(new Item.Words(sentence(line))));
        }
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return new Benchmark("nlvr", items);
  }

  private static String sentence(String line) {
    RecordFormat format = RecordFormat.text("sentence");
    return ai.pollux.content.Json.parse(line) instanceof ai.pollux.content.Json.Obj record
        ? SampleText.words(format.sample("nlvr", record))
        : "";
  }

  private Benchmark records(String name, String place, String question, String answer) {
    RecordFormat format = RecordFormat.answered(question, answer);
    return new Benchmark(name, items(JsonlSource.open(name, data.resolve(place), format)));
  }

  /** What each sample says and shows; closes the source. */
  private static List<Item> items(Source source) {
    List<Item> items = new ArrayList<>();
    try (source) {
      for (long i = 0; i < source.size(); i++) {
        var sample = source.sample(i);
        String words = SampleText.words(sample);
        if (!words.isBlank()) {
          items.add(new Item.Words(words));
        }
        SampleText.media(sample).forEach(medium -> items.add(new Item.Shown(medium)));
      }
    }
    return items;
  }

  private static DataException unreadable(Path place, IOException e) {
    return new DataException(
        "%s: cannot be read: %s. Name the folder that has it.".formatted(place, e), e);
  }
}
