package ai.pollux.content.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.audio.SoundFile;
import ai.pollux.content.document.PdfPage;
import ai.pollux.content.document.PdfPages;
import ai.pollux.content.image.ImageReader;
import ai.pollux.content.image.RgbImage;
import ai.pollux.content.video.FrameSampling;
import ai.pollux.content.video.VideoFile;
import ai.pollux.content.video.VideoFrame;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
final class ReaderPoolTest {
  private static final MediaLimits LIMITS = MediaLimits.standard();
  private static final Duration END = Duration.ofHours(1);
  private static final FrameSampling THREE = new FrameSampling.Count(3);
  private static final FrameSampling ALL = new FrameSampling.Count(100);

  private final ReaderPool pool = new ReaderPool();

  @AfterEach
  void noProcessIsLeft() {
    List<ProcessHandle> started = children();
    pool.close();
    started.forEach(child -> child.onExit().orTimeout(5, TimeUnit.SECONDS).join());
  }

  @Test
  void nothingIsStartedBeforeTheFirstFile() {
    assertThat(children()).isEmpty();
  }

  @Test
  void aSoundIsTheSameAsInThisProcess() {
    byte[] file = resource("samples/vorbis-44k.ogg");
    float[] expected = new float[50_000];
    int length;
    try (SoundFile sound = SoundFile.open(file, LIMITS)) {
      length = sound.read(expected);
    }
    assertThat(length).isEqualTo(20_000);
    try (SoundStream sound = pool.sound(file, Duration.ZERO, END, LIMITS).orElseThrow()) {
      float[] first = new float[7];
      assertThat(sound.read(first)).isEqualTo(7);
      float[] rest = new float[50_000];
      assertThat(sound.read(rest)).isEqualTo(length - 7);
      assertThat(first).containsExactly(Arrays.copyOf(expected, 7));
      assertThat(Arrays.copyOf(rest, length - 7))
          .containsExactly(Arrays.copyOfRange(expected, 7, length));
      assertThat(sound.read(rest)).isZero();
    }
  }

  @Test
  void framesAreTheSameAsInThisProcess() {
    byte[] file = resource("samples/vp9-opus.webm");
    try (VideoFile expected = VideoFile.open(file, THREE, LIMITS);
        VideoStream video = pool.video(file, Duration.ZERO, END, THREE, LIMITS)) {
      assertThat(video.frames()).isEqualTo(3);
      assertThat(video.duration()).isEqualTo(expected.duration());
      while (video.hasNext()) {
        VideoFrame frame = video.next();
        assertThat(frame).usingRecursiveComparison().isEqualTo(expected.next());
      }
      assertThat(expected.hasNext()).isFalse();
    }
  }

  @Test
  void aPictureIsTheSameAsInThisProcess() {
    for (String name : List.of("lossy.avif", "lossless.webp", "exif-6.jpg", "gray-alpha.png")) {
      byte[] file = resource("golden/image/formats/" + name);
      RgbImage expected = new ImageReader(LIMITS).read(file);
      assertThat(pool.picture(file, LIMITS)).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  @Test
  void pagesAreTheSameAsInThisProcess() {
    byte[] file = resource("fuzz/pdf/text-and-picture");
    try (PdfPages expected = PdfPages.open(file, LIMITS);
        PdfStream pdf = pool.pdf(file, 10_000, LIMITS)) {
      assertThat(pdf.pages()).isEqualTo(1);
      PdfPage page = pdf.next();
      assertThat(page.text()).isEqualTo("Hello");
      assertThat(page).usingRecursiveComparison().isEqualTo(expected.page(1, 10_000));
      assertThat(pdf.hasNext()).isFalse();
    }
  }

  @Test
  void aVideoWithoutSoundHasNone() {
    byte[] still = resource("golden/image/formats/rgb.png");
    assertThatThrownBy(() -> pool.sound(still, Duration.ZERO, END, LIMITS))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("cannot be opened as sound or video");
  }

  @Test
  void oneProcessReadsFileAfterFile() {
    for (int i = 0; i < 5; i++) {
      assertThat(length("samples/opus-48k.opus")).isEqualTo(20_000);
    }
    assertThatThrownBy(() -> pool.picture(new byte[10], LIMITS)).isInstanceOf(MediaException.class);
    assertThat(length("samples/opus-48k.opus")).isEqualTo(20_000);
    assertThat(children()).hasSize(1);
  }

  @Test
  void aFileThatIsClosedEarlyLeavesTheProcessWell() {
    byte[] file = resource("samples/h264-aac.mov");
    for (int i = 0; i < 3; i++) {
      try (VideoStream video = pool.video(file, Duration.ZERO, END, THREE, LIMITS)) {
        assertThat(video.next().width()).isEqualTo(64);
      }
    }
    assertThat(children()).hasSize(1);
  }

  @Test
  void aProcessIsReplacedAfterSoManyFiles() throws Exception {
    try (ReaderPool two = new ReaderPool(new ReaderSettings(512, 4096, 2, END))) {
      List<Long> readers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        byte[] file = resource("samples/opus-48k.opus");
        try (SoundStream sound = two.sound(file, Duration.ZERO, END, LIMITS).orElseThrow()) {
          assertThat(sound.read(new float[9])).isEqualTo(9);
          readers.addAll(children().stream().map(ProcessHandle::pid).toList());
        }
        Thread.sleep(200); // for the one that was ended to be gone
      }
      assertThat(readers).hasSize(4);
      assertThat(readers.get(0)).isEqualTo(readers.get(1)).isNotEqualTo(readers.get(2));
      assertThat(readers.get(2)).isEqualTo(readers.get(3));
    }
  }

  @ParameterizedTest
  @CsvSource({"KILL, 9", "ABRT, 6", "TERM, 15", "SEGV, 6"}) // a JVM aborts where it segfaults
  void aProcessThatDiesIsAClearErrorAndTheNextFileIsRead(String signal, int number)
      throws Exception {
    byte[] file = resource("samples/vp8-vorbis.webm");
    try (VideoStream video = pool.video(file, Duration.ZERO, END, ALL, LIMITS)) {
      assertThat(video.next().width()).isEqualTo(64);
      ProcessHandle reader = children().getFirst();
      signal(signal, reader.pid());
      reader.onExit().get(20, TimeUnit.SECONDS); // it may answer once more before it is gone
      assertThatThrownBy(video::next)
          .isInstanceOf(MediaException.class)
          .hasMessage(
              "the process that reads files ended with signal %d while reading a video of 7678 bytes. The file is damaged or hostile: save it again in another format",
              number);
      assertThatThrownBy(video::next).hasMessage("the video cannot be read any further");
    }
    assertThat(length("samples/opus-48k.opus")).isEqualTo(20_000);
    assertThat(children()).hasSize(1);
  }

  @Test
  void aProcessThatDiedWhileItWaitedIsReplaced() throws Exception {
    assertThat(length("samples/opus-48k.opus")).isEqualTo(20_000);
    ProcessHandle first = children().getFirst();
    first.destroyForcibly();
    first.onExit().get(5, TimeUnit.SECONDS);
    assertThat(length("samples/opus-48k.opus")).isEqualTo(20_000);
  }

  @Test
  void aProcessThatHangsIsEndedWhenTimeIsOver() throws Exception {
    MediaLimits second = LIMITS.time(Duration.ofSeconds(5));
    byte[] file = resource("samples/hevc-aac.mp4");
    try (VideoStream video = pool.video(file, Duration.ZERO, END, THREE, second)) {
      signal("STOP", children().getFirst().pid());
      assertThatThrownBy(video::next)
          .isInstanceOf(MediaException.class)
          .hasMessage("reading the video took longer than 5000 ms. Send a shorter or simpler one");
    }
    assertThat(length("samples/opus-48k.opus")).isEqualTo(20_000);
  }

  @Test
  void aReaderThatNoticesThatTimeIsOverLivesOn() {
    byte[] pdf = resource("fuzz/pdf/text-and-picture");
    assertThatThrownBy(() -> pool.pdf(pdf, 10_000, LIMITS.time(Duration.ofNanos(1))))
        .isInstanceOf(MediaException.class)
        .hasMessage("reading the PDF took longer than 0 ms. Send a shorter or simpler one");
    ProcessHandle reader = children().getFirst();
    assertThat(length("samples/opus-48k.opus")).isEqualTo(20_000);
    assertThat(children()).containsExactly(reader);
  }

  @Test
  void aBombIsStoppedAtTheHeap() throws IOException {
    byte[] bomb = PictureBomb.pdf();
    assertThat(bomb.length).isLessThan(4_000_000);
    try (PdfStream pdf = pool.pdf(bomb, 600_000, LIMITS)) {
      assertThatThrownBy(pdf::next)
          .isInstanceOf(MediaException.class)
          .hasMessage(
              "reading the PDF takes more than the 512 MB of memory that there are for one. Send a smaller or simpler one");
    }
    assertThat(length("samples/opus-48k.opus")).isEqualTo(20_000);
  }

  @Test
  void aFileThatDoesNotFitIsRefusedByAProcessWithLittleMemory() {
    try (ReaderPool small = new ReaderPool(new ReaderSettings(64, 2048, 100, END))) {
      byte[] huge = new byte[1_200_000_000]; // of native memory there, beside what a JVM reserves
      assertThatThrownBy(() -> small.sound(huge, Duration.ZERO, END, LIMITS))
          .isInstanceOf(MediaException.class)
          .hasMessageContaining("takes more than the 64 MB of memory");
      assertThat(small.picture(resource("golden/image/formats/lossy.avif"), LIMITS).width())
          .isPositive();
    }
  }

  @Test
  void aProcessThatWaitsInVainIsEnded() throws Exception {
    Duration moment = Duration.ofMillis(100);
    try (ReaderPool brief = new ReaderPool(new ReaderSettings(512, 4096, 100, moment))) {
      byte[] file = resource("golden/image/formats/gray-alpha.png");
      int width = brief.picture(file, LIMITS).width();
      for (ProcessHandle child : children()) {
        child.onExit().get(20, TimeUnit.SECONDS);
      }
      assertThat(brief.picture(file, LIMITS).width()).isEqualTo(width);
    }
  }

  @Test
  void aProcessThatCannotStartIsToldAndNotWaitedFor() {
    try (ReaderPool tiny = new ReaderPool(new ReaderSettings(512, 100, 100, END))) {
      assertThatThrownBy(() -> tiny.picture(new byte[10], LIMITS))
          .isInstanceOf(MediaException.class)
          .hasMessageMatching(
              "no process that reads files can be started: it ended with (status|signal) \\d+ before it was ready");
    }
  }

  @Test
  void manyThreadsReadAtATime() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var lengths =
          IntStream.range(0, 5)
              .mapToObj(_ -> threads.submit(() -> length("samples/adts-22k.aac")))
              .toList();
      int expected = length("samples/adts-22k.aac");
      for (var length : lengths) {
        assertThat(length.get()).isEqualTo(expected);
      }
    }
    assertThat(children().size()).isLessThanOrEqualTo(5);
  }

  @Test
  void aClosedPoolReadsNothing() {
    pool.close();
    assertThatThrownBy(() -> pool.picture(new byte[10], LIMITS))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("Pollux is being closed");
  }

  private int length(String name) {
    try (SoundStream sound = pool.sound(resource(name), Duration.ZERO, END, LIMITS).orElseThrow()) {
      return sound.read(new float[100_000]);
    }
  }

  private static List<ProcessHandle> children() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(child -> child.info().commandLine().orElse("").contains("ReaderMain"))
        .toList();
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  private static byte[] resource(String name) {
    try (InputStream in = ReaderPoolTest.class.getResourceAsStream("/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
