package ai.pollux.content.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.pollux.content.GoldenTensors;
import ai.pollux.content.Json;
import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.audio.SoundFile;
import ai.pollux.content.ffmpeg.TestVideo;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VideoFileTest {
  private static final MediaLimits LIMITS = MediaLimits.standard();
  private static final FrameSampling ALL = new FrameSampling.Count(Integer.MAX_VALUE);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> goldenFramesAreEqual() throws IOException {
    Stream.Builder<DynamicTest> tests = Stream.builder();
    for (String family : List.of("gemma4", "gemma4_unified")) {
      for (Path golden : TestFiles.goldenCases(family)) {
        for (Json.Obj prompt : prompts(golden)) {
          if (prompt.member("frame_indices") instanceof Json.Arr indices) {
            tests.add(
                DynamicTest.dynamicTest(
                    golden.getFileName() + " " + text(prompt, "name"),
                    () -> checkGolden(golden, prompt, indices)));
          }
        }
      }
    }
    return tests.build();
  }

  private static void checkGolden(Path golden, Json.Obj prompt, Json.Arr indices)
      throws IOException {
    GoldenTensors tensors = GoldenTensors.read(golden.resolve("expected.safetensors"));
    String decoded = text(prompt, "name") + ".decoded.0";
    int[] shape = tensors.shape(decoded);
    byte[] expected = tensors.bytes(decoded);
    int size = shape[1] * shape[2] * 3;
    Json.Obj medium = (Json.Obj) ((Json.Arr) prompt.member("media")).values().getFirst();
    byte[] file = Files.readAllBytes(TestFiles.golden("media/" + text(medium, "file")));
    try (VideoFile all = VideoFile.open(file, ALL, LIMITS)) {
      assertThat(all.frames()).isEqualTo(shape[0]);
      for (int i = 0; i < shape[0]; i++) {
        VideoFrame frame = all.next();
        assertThat(new int[] {frame.height(), frame.width()}).containsExactly(shape[1], shape[2]);
        assertThat(frame.rgb())
            .containsExactly(Arrays.copyOfRange(expected, i * size, (i + 1) * size));
      }
    }
    FrameSampling sampling = new FrameSampling.Count(indices.values().size());
    try (VideoFile some = VideoFile.open(file, sampling, LIMITS)) {
      assertThat(Arrays.stream(some.places()).mapToObj(Json::of).toList())
          .isEqualTo(indices.values());
      for (int place : some.places()) {
        byte[] frame = Arrays.copyOfRange(expected, place * size, (place + 1) * size);
        assertThat(some.next().rgb()).containsExactly(frame);
      }
    }
  }

  /** Counts and sizes as PyAV 16 finds them; the sound as samples at 16 kHz, 0 for none. */
  @ParameterizedTest
  @CsvSource({
    "video/demo.mp4, 340, 256, 280, 10.0, 0",
    "video/test_video.mp4, 454, 480, 151, 5.033, 80249",
    "video/flipping_a_pancake.mkv, 426, 240, 310, 10.333, 165884",
    "multimodal/genai-samples/animal.mp4, 1280, 720, 66, 2.753, 44026"
  })
  void readsEveryVideo(String name, int width, int height, int frames, double seconds, int samples)
      throws IOException {
    byte[] file = Files.readAllBytes(TestFiles.data(name));
    try (VideoFile all = VideoFile.open(file, ALL, LIMITS)) {
      assertThat(all.frames()).isEqualTo(frames);
      assertThat(all.duration().toMillis() / 1000.0).isCloseTo(seconds, offset(0.01));
    }
    try (VideoFile some = VideoFile.open(file, new FrameSampling.Rate(1, 100), LIMITS)) {
      assertThat(some.frames()).isEqualTo((int) seconds);
      List<VideoFrame> shown = frames(some);
      assertThat(shown).hasSize((int) seconds);
      assertThat(shown).allMatch(f -> f.width() == width && f.height() == height);
      assertThat(shown.getLast().timestamp()).isEqualTo("00:0" + ((int) seconds - 1));
    }
    var sound =
        SoundFile.openIfAny(
            MemorySegment.ofArray(file), Duration.ZERO, Duration.ofHours(1), LIMITS);
    assertThat(sound.isPresent()).isEqualTo(samples > 0);
    try (SoundFile some = sound.orElse(null)) {
      assertThat(some == null ? 0 : some.read(new float[200_000])).isEqualTo(samples);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.mp4", "a.mkv", "a.mov"})
  void goesToEachFrameByTheNearestKeyFrame(String name) throws IOException {
    long[] millis = LongStream.range(0, 300).map(i -> 40 * i).toArray();
    byte[] file = TestVideo.write(folder.resolve(name), millis, 12);
    try (VideoFile some = VideoFile.open(file, new FrameSampling.Count(7), LIMITS)) {
      assertThat(some.places()).containsExactly(0, 42, 85, 128, 171, 214, 257);
      for (int place : some.places()) {
        assertShows(some.next(), place, 40L * place);
      }
    }
  }

  @Test
  void samplesAPartOfAVideo() throws IOException {
    long[] millis = LongStream.range(0, 1000).map(i -> 100 * i).toArray();
    byte[] file = TestVideo.write(folder.resolve("a.mp4"), millis, 50);
    try (VideoFile part =
        VideoFile.open(
            MemorySegment.ofArray(file),
            Duration.ofSeconds(61),
            Duration.ofSeconds(64),
            new FrameSampling.Rate(1, 9),
            LIMITS)) {
      List<VideoFrame> frames = frames(part);
      assertThat(frames)
          .extracting(VideoFrame::timestamp)
          .containsExactly("01:01", "01:02", "01:03");
      assertShows(frames.get(1), 620, 62_000);
    }
    assertThatThrownBy(() ->
            VideoFile.open(
                MemorySegment.ofArray(file),
                Duration.ofSeconds(200),
                Duration.ofSeconds(201),
                ALL,
                LIMITS))
        .isInstanceOf(MediaException.class)
        .hasMessage("the video has no frame from 200.0 s to 201.0 s: it ends at 100.0 s");
  }

  @Test
  void samplesByTimeWhereFramesAreNotEquallyLong() throws IOException {
    // A second of 50 frames, then a frame every 3 s: as screen recordings are.
    long[] millis =
        LongStream.concat(
                LongStream.range(0, 50).map(i -> 20 * i), LongStream.of(1000, 4000, 7000, 10_000))
            .toArray();
    byte[] file = TestVideo.write(folder.resolve("a.mkv"), millis, 10);
    try (VideoFile some = VideoFile.open(file, new FrameSampling.Count(5), LIMITS)) {
      // at 0, 2.04, 4.08, 6.11, 8.15 s
      assertThat(some.places()).containsExactly(0, 50, 51, 52);
      assertShows(frames(some).getLast(), 52, 7000);
    }
  }

  @Test
  void aVideoOfTenHoursTakesTheTimeOfAFewFrames() throws IOException {
    long[] millis = LongStream.range(0, 36_000).map(i -> 1000 * i).toArray();
    byte[] file = TestVideo.write(folder.resolve("long.mp4"), millis, 300);
    MediaLimits limits = LIMITS.duration(Duration.ofHours(11));
    try (VideoFile some = VideoFile.open(file, FrameSampling.gemma4(), limits)) {
      assertThat(some.duration()).isEqualTo(Duration.ofHours(10));
      List<VideoFrame> frames = frames(some);
      assertThat(frames).hasSize(32);
      assertShows(frames.getLast(), 34_875, 34_875_000);
      assertThat(frames.getLast().timestamp()).isEqualTo("581:15");
    }
    assertThatThrownBy(() -> VideoFile.open(file, FrameSampling.gemma4(), LIMITS))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            "the video is longer than 34200.0 s, which is the limit: 36000.0 s. Send a part of it");
  }

  @Test
  void turnsAPictureThatWasTakenUpright() throws IOException {
    byte[] file = Files.readAllBytes(TestFiles.golden("media/clip-64x48.mp4"));
    VideoFrame stored = first(file);
    VideoFrame right = first(turned(file, 0, 1, -1, 0));
    assertThat(right.width()).isEqualTo(48);
    assertThat(right.height()).isEqualTo(64);
    VideoFrame around = first(turned(file, -1, 0, 0, -1));
    VideoFrame left = first(turned(file, 0, -1, 1, 0));
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        int pixel = pixel(stored, x, y);
        assertThat(pixel(right, 47 - y, x)).isEqualTo(pixel);
        assertThat(pixel(around, 63 - x, 47 - y)).isEqualTo(pixel);
        assertThat(pixel(left, y, 63 - x)).isEqualTo(pixel);
      }
    }
  }

  @Test
  void readsWhatIsThereOfACutFileOrSaysWhatIsWrong() throws IOException {
    byte[] mkv = Files.readAllBytes(TestFiles.data("video/flipping_a_pancake.mkv"));
    try (VideoFile half = VideoFile.open(Arrays.copyOf(mkv, mkv.length / 2), ALL, LIMITS)) {
      assertThat(half.frames()).isBetween(50, 250);
    }
    byte[] mp4 = Files.readAllBytes(TestFiles.data("video/demo.mp4"));
    for (int length : new int[] {0, 1, 8, 100, 5000, mp4.length / 2}) {
      byte[] cut = Arrays.copyOf(mp4, length);
      try (VideoFile some = VideoFile.open(cut, FrameSampling.gemma4(), LIMITS)) {
        assertThat(some.frames()).isLessThanOrEqualTo(32);
      } catch (MediaException e) {
        assertThat(e).hasMessageContaining("damaged, cut off");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n%s\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '%s'\n",
        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\""
            + " profiles=\"urn:mpeg:dash:profile:isoff-main:2011\"><Period><AdaptationSet"
            + " mimeType=\"video/mp4\"><Representation id=\"0\" bandwidth=\"1\"><BaseURL>%s</BaseURL>"
            + "</Representation></AdaptationSet></Period></MPD>",
        "[playlist]\nFile1=%s\n",
        "<SDP>v=0\nm=video 1 RTP/AVP 96\nc=IN IP4 127.0.0.1\n%s"
      })
  void neverOpensWhatAFileNames(String playlist) throws IOException {
    Path other = folder.resolve("other.mp4");
    TestVideo.write(other, new long[] {0, 40, 80}, 1);
    byte[] file = playlist.formatted(other).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> VideoFile.open(file, ALL, LIMITS))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("none of mp4, mov");
  }

  @Test
  void aReferenceToAnotherFileStaysClosed() throws IOException {
    // An mp4 whose data reference claims that its frames are in another file.
    byte[] file = TestVideo.write(folder.resolve("a.mp4"), new long[] {0, 40, 80}, 1);
    int self = indexOf(file, "url ");
    file[self + 7] = 0; // the flag "in this file"
    try (VideoFile video = VideoFile.open(file, ALL, LIMITS)) {
      assertThat(video.frames()).isEqualTo(3); // read from this very file
    } catch (MediaException e) {
      assertThat(e).hasMessageContaining("damaged");
    }
  }

  @Test
  void refusesFramesThatAreTooBig() throws IOException {
    byte[] file = Files.readAllBytes(TestFiles.data("video/demo.mp4"));
    assertThatThrownBy(() -> VideoFile.open(file, ALL, LIMITS.pixels(10_000)).next())
        .isInstanceOf(MediaException.class);
  }

  @Test
  void refusesWhatHasNoPictures() throws IOException {
    byte[] file = Files.readAllBytes(TestFiles.data("audio/asr/jfk.wav"));
    assertThatThrownBy(() -> VideoFile.open(file, ALL, LIMITS))
        .isInstanceOf(MediaException.class)
        .hasMessage("the file has no moving pictures");
  }

  private static List<VideoFrame> frames(VideoFile video) {
    List<VideoFrame> frames = new ArrayList<>();
    video.forEachRemaining(frames::add);
    return frames;
  }

  private static VideoFrame first(byte[] file) {
    try (VideoFile video = VideoFile.open(file, new FrameSampling.Count(1), LIMITS)) {
      return video.next();
    }
  }

  private static void assertShows(VideoFrame frame, int place, long millis) {
    assertThat(frame.nanos()).isEqualTo(millis * 1_000_000);
    // Limited range to full: (b - 16) · 255 / 219. MPEG-4 at this bit rate is within a few steps.
    double gray = (TestVideo.brightness(place) - 16) * 255.0 / 219;
    assertThat((double) (frame.rgb()[3 * 8] & 255)).isCloseTo(gray, offset(12.0));
  }

  private static int pixel(VideoFrame frame, int x, int y) {
    int at = 3 * (y * frame.width() + x);
    byte[] rgb = frame.rgb();
    return (rgb[at] << 16) | ((rgb[at + 1] & 255) << 8) | (rgb[at + 2] & 255);
  }

  /** The file with the matrix of its track's head set. */
  private static byte[] turned(byte[] file, int a, int b, int c, int d) {
    byte[] copy = file.clone();
    int matrix = indexOf(file, "tkhd") + 44;
    int[] cells = {a, b, 0, c, d, 0};
    for (int i = 0; i < cells.length; i++) {
      ByteBuffer.wrap(copy).putInt(matrix + 4 * i, cells[i] << 16);
    }
    return copy;
  }

  private static int indexOf(byte[] file, String name) {
    return new String(file, StandardCharsets.ISO_8859_1).indexOf(name);
  }

  private static List<Json.Obj> prompts(Path golden) throws IOException {
    Json.Obj input = (Json.Obj) Json.parse(Files.readString(golden.resolve("input.json")));
    return ((Json.Arr) input.member("prompts"))
        .values().stream().map(Json.Obj.class::cast).toList();
  }

  private static String text(Json.Obj object, String member) {
    return ((Json.Str) object.member(member)).value();
  }
}
