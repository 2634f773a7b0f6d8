package ai.pollux.train.data.world.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.MediaLimits;
import ai.pollux.content.Part;
import ai.pollux.content.audio.SoundFile;
import ai.pollux.content.image.ImageReader;
import ai.pollux.content.image.RgbImage;
import ai.pollux.content.video.FrameSampling;
import ai.pollux.content.video.VideoFile;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.World;
import ai.pollux.train.data.world.standard.StandardWorld;
import ai.pollux.train.data.world.standard.WorldSources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EncodedSampleTest {
  private static final MediaLimits LIMITS = MediaLimits.standard();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "picture.scene",
        "picture.boxes",
        "picture.read",
        "sound.glide",
        "film.direction",
        "film.events",
        "mixed.beeps",
        "picture.compare"
      })
  void whatIsReadFromTheFilesIsWhatTheProblemHolds(String task) {
    World world = StandardWorld.of(11, WorldSources.none());
    for (int i = 0; i < 4; i++) {
      Problem problem = world.problem(Split.TEST, world.task(task).orElseThrow(), i);
      int last = problem.exchanges().size() - 1;
      EncodedSample sample = EncodedSample.of(problem, last);
      List<Part> parts =
          sample.conversation().turns().stream()
              .flatMap(turn -> turn.parts().stream())
              .filter(part -> !(part instanceof Part.Text))
              .toList();
      assertThat(parts).hasSameSizeAs(problem.media());
      for (int k = 0; k < parts.size(); k++) {
        assertSame(problem.media().get(k), parts.get(k));
      }
      assertThat(sample.answer()).isEqualTo(problem.exchanges().get(last).answer());
      assertThat(sample.conversation().turns()).hasSize(2 * last + 1);
    }
  }

  private static void assertSame(Medium medium, Part part) {
    switch (medium) {
      case Medium.Picture(RgbImage image) ->
          assertThat(new ImageReader(LIMITS).read(((Part.Image) part).media().bytes()).rgb())
              .isEqualTo(image.rgb());
      case Medium.Sound(float[] samples) ->
          assertThat(samples(((Part.Audio) part).media().bytes())).isEqualTo(samples);
      case Medium.Film film ->
          assertThat(frames(((Part.Video) part).media().bytes()))
              .containsExactlyElementsOf(
                  film.frames().stream().map(frame -> Arrays.hashCode(frame.rgb())).toList());
    }
  }

  private static float[] samples(byte[] file) {
    float[] samples = new float[20 * SoundFile.SAMPLE_RATE_HZ];
    try (SoundFile sound = SoundFile.open(file, LIMITS)) {
      int count = sound.read(samples);
      return Arrays.copyOf(samples, count);
    }
  }

  private static List<Integer> frames(byte[] file) {
    List<Integer> frames = new ArrayList<>();
    try (VideoFile video = VideoFile.open(file, FrameSampling.gemma4(), LIMITS)) {
      while (video.hasNext()) {
        frames.add(Arrays.hashCode(video.next().rgb()));
      }
    }
    return frames;
  }
}
