package ai.pollux.train.data.world.standard;

import ai.pollux.content.MediaLimits;
import ai.pollux.content.audio.SoundFile;
import ai.pollux.train.data.world.picture.DigitImages;
import ai.pollux.train.data.world.sound.SpokenDigits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Reads {@link WorldSources} from a folder: {@code images/mnist} (training files), {@code
 * audio/fsdd/recordings} (indices 5 to 49), {@code text/tinystories}, {@code text/gutenberg}. What
 * is not there is left out. Nothing that is for measuring is read.
 */
public final class SourceFiles {
  /** Recordings with a lower index are for testing, as their makers say. */
  private static final int FIRST_FOR_TRAINING = 5;

  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;

  private final Path folder;

  private SourceFiles(Path folder) {
    this.folder = folder;
  }

  /** All that is there. */
  public static WorldSources read(Path folder) throws IOException {
    SourceFiles files = new SourceFiles(folder);
    return new WorldSources(files.images(), files.voices(), files.stories(), files.prose());
  }

  private Optional<DigitImages> images() throws IOException {
    Path images = folder.resolve("images/mnist/train-images-idx3-ubyte.gz");
    if (!Files.exists(images)) {
      return Optional.empty();
    }
    Path labels = folder.resolve("images/mnist/train-labels-idx1-ubyte.gz");
    return Optional.of(
        new DigitImages(idx(images, IMAGES_MAGIC, 16), idx(labels, LABELS_MAGIC, 8)));
  }

  /** The bytes behind the header of an IDX file. */
  private static byte[] idx(Path file, int magic, int header) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      byte[] all = in.readAllBytes();
      int found = all.length < header ? 0 : all[0] << 24 | all[1] << 16 | all[2] << 8 | all[3];
      if (found != magic) {
        throw new IOException(
            "%s: expected an IDX file that begins with %08x, found %08x. Take the file as its makers offer it."
                .formatted(file, magic, found));
      }
      return Arrays.copyOfRange(all, header, all.length);
    }
  }

  private Optional<SpokenDigits> voices() throws IOException {
    Path recordings = folder.resolve("audio/fsdd/recordings");
    if (!Files.isDirectory(recordings)) {
      return Optional.empty();
    }
    List<SpokenDigits.Clip> clips = new ArrayList<>();
    try (Stream<Path> files = Files.list(recordings)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".wav", "");
        String[] words = name.split("_");
        if (words.length == 3 && Integer.parseInt(words[2]) >= FIRST_FOR_TRAINING) {
          clips.add(
              new SpokenDigits.Clip(name, Integer.parseInt(words[0]), words[1], samples(file)));
        }
      }
    }
    return Optional.of(new SpokenDigits(clips));
  }

  private static short[] samples(Path file) throws IOException {
    float[] samples = new float[10 * SoundFile.SAMPLE_RATE_HZ];
    try (SoundFile sound = SoundFile.open(Files.readAllBytes(file), MediaLimits.standard())) {
      short[] all = new short[sound.read(samples)];
      for (int i = 0; i < all.length; i++) {
        all[i] = (short) Math.clamp(Math.round(samples[i] * 32768), -32768, 32767);
      }
      return all;
    }
  }

  private List<String> stories() throws IOException {
    Path file = folder.resolve("text/tinystories/tiny_stories.txt");
    return Files.exists(file) ? Prose.stories(Files.readString(file)) : List.of();
  }

  private List<String> prose() throws IOException {
    Path books = folder.resolve("text/gutenberg");
    List<String> passages = new ArrayList<>();
    if (Files.isDirectory(books)) {
      try (Stream<Path> files = Files.list(books)) {
        for (Path file : files.sorted().toList()) {
          passages.addAll(Prose.passages(Files.readString(file)));
        }
      }
    }
    return passages;
  }
}
