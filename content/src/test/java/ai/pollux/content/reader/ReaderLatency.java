package ai.pollux.content.reader;

import ai.pollux.content.MediaLimits;
import ai.pollux.content.audio.SampleSource;
import ai.pollux.content.audio.SoundFile;
import ai.pollux.content.document.PdfPages;
import ai.pollux.content.image.ImageReader;
import ai.pollux.content.video.FrameSampling;
import ai.pollux.content.video.VideoFile;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a file costs in a process of its own and in this one: the first file of a kind, and the
 * median of twenty more. To be run by hand, with a kind: sound, video, picture or pdf.
 */
public final class ReaderLatency {
  private static final MediaLimits LIMITS = MediaLimits.standard();
  private static final int PIXELS = 2_500_000;

  private ReaderLatency() {}

  private interface Reading {
    void run();
  }

  /** Takes the kind of file. */
  public static void main(String[] arguments) throws IOException {
    String kind = arguments[0];
    try (ReaderPool pool = new ReaderPool()) {
      byte[] file =
          Files.readAllBytes(
              TestFiles.data(
                  switch (kind) {
                    case "sound" -> "audio/asr/jfk.mp3";
                    case "video" -> "multimodal/genai-samples/animal.mp4";
                    case "picture" -> "multimodal/genai-samples/dog.jpg";
                    default -> "multimodal/genai-samples/story.pdf";
                  }));
      measure(kind + ", in a process of its own", () -> apart(kind, file, pool));
      measure(kind + ", in this process", () -> here(kind, file));
    }
  }

  private static void apart(String kind, byte[] file, ReaderPool pool) {
    Duration end = Duration.ofHours(1);
    switch (kind) {
      case "sound" -> {
        try (SoundStream sound = pool.sound(file, Duration.ZERO, end, LIMITS).orElseThrow()) {
          drain(sound);
        }
      }
      case "video" -> {
        try (VideoStream video =
            pool.video(file, Duration.ZERO, end, FrameSampling.gemma4(), LIMITS)) {
          video.forEachRemaining(_ -> {});
        }
      }
      case "picture" -> pool.picture(file, LIMITS);
      default -> {
        try (PdfStream pdf = pool.pdf(file, PIXELS, LIMITS)) {
          pdf.forEachRemaining(_ -> {});
        }
      }
    }
  }

  private static void here(String kind, byte[] file) {
    switch (kind) {
      case "sound" -> {
        try (SoundFile sound = SoundFile.open(file, LIMITS)) {
          drain(sound);
        }
      }
      case "video" -> {
        try (VideoFile video = VideoFile.open(file, FrameSampling.gemma4(), LIMITS)) {
          video.forEachRemaining(_ -> {});
        }
      }
      case "picture" -> new ImageReader(LIMITS).read(file);
      default -> {
        try (PdfPages pdf = PdfPages.open(file, LIMITS)) {
          for (int page = 1; page <= pdf.count(); page++) {
            pdf.page(page, PIXELS);
          }
        }
      }
    }
  }

  private static void drain(SampleSource sound) {
    float[] samples = new float[480_000];
    while (sound.read(samples) == samples.length) {}
  }

  private static void measure(String what, Reading reading) {
    double first = millis(reading);
    double[] later = new double[20];
    Arrays.setAll(later, _ -> millis(reading));
    Arrays.sort(later);
    System.out.printf(
        Locale.ROOT,
        "%s: first %.0f ms, then %.1f (%.1f to %.1f)%n",
        what,
        first,
        later[10],
        later[0],
        later[19]);
  }

  private static double millis(Reading reading) {
    long start = System.nanoTime();
    reading.run();
    return (System.nanoTime() - start) / 1e6;
  }
}
