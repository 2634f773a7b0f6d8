package ai.pollux.train.data.encode;

import ai.pollux.content.MediaException;
import ai.pollux.content.audio.SoundClips;
import ai.pollux.content.audio.SoundFeatures;
import ai.pollux.content.image.RgbImage;
import ai.pollux.content.processor.FrontEnds;
import ai.pollux.content.processor.ImageProcessor;
import ai.pollux.content.processor.PreparedMedium;
import ai.pollux.content.processor.ProcessedImage;
import ai.pollux.content.video.FrameSampling;
import ai.pollux.model.MediaInput;
import ai.pollux.train.data.Medium;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decoded media as a model's encoders read them, by the same front ends as in serving. */
record MediaPreparation(FrontEnds frontEnds) {
  /**
   * One medium: usually one place in the prompt; a long sound takes several, frames of a video too
   * where the family has no mark for videos.
   *
   * @throws MediaException where the model does not read it
   */
  List<PreparedMedium> prepare(Medium medium) {
    return switch (medium) {
      case Medium.Picture(RgbImage image) ->
          List.of(PreparedMedium.image(need(frontEnds.images(), "images"), image));
      case Medium.Sound(float[] samples) ->
          PreparedMedium.sound(SoundClips.of(samples, need(frontEnds.sounds(), "sounds")));
      case Medium.Film film -> film(film, need(frontEnds.frames(), "videos"));
    };
  }

  private List<PreparedMedium> film(Medium.Film film, ImageProcessor processor) {
    int count = film.frames().size();
    long[] nanos = new long[count + 1];
    for (int i = 0; i <= count; i++) {
      nanos[i] = Math.round(i * 1e9 / film.framesPerSecond());
    }
    long[] shown = java.util.Arrays.copyOf(nanos, count);
    List<Duration> times = new ArrayList<>();
    List<ProcessedImage> frames = new ArrayList<>();
    for (int place : new FrameSampling.Count(frontEnds.frameCount()).sample(shown, nanos[count])) {
      times.add(Duration.ofNanos(nanos[place]));
      frames.add(processor.process(film.frames().get(place)).getFirst());
    }
    return PreparedMedium.video(frontEnds.markup(), times, frames);
  }

  /** What the encoder reads, one for each run of soft tokens. */
  static List<MediaInput> inputs(PreparedMedium medium) {
    return switch (medium) {
      case PreparedMedium.Pictures pictures ->
          pictures.images().stream().map(MediaPreparation::input).toList();
      case PreparedMedium.Sound(SoundFeatures clip) ->
          List.of(new MediaInput.Sound(clip.values(), clip.width(), clip.frames()));
    };
  }

  private static MediaInput input(ProcessedImage image) {
    return switch (image) {
      case ProcessedImage.Patches patches ->
          new MediaInput.Patches(
              patches.values(), patches.width(), patches.columns(), patches.rows());
      case ProcessedImage.Picture picture ->
          new MediaInput.Picture(picture.values(), picture.height(), picture.width());
    };
  }

  private static <T> T need(Optional<T> frontEnd, String what) {
    return frontEnd.orElseThrow(
        () -> new MediaException("The model that is trained does not read " + what + "."));
  }
}
