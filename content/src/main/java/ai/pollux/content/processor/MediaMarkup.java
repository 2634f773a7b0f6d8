package ai.pollux.content.processor;

import ai.pollux.content.MediaException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The text that a family's processor puts in the place of a chat template's placeholder: one soft
 * token for each row of the encoder, between marks.
 *
 * <table>
 * <caption>n soft tokens</caption>
 * <tr><td>Gemma 4 image<td>{@code <|image>} n {@code <|image|>} {@code <image|>}
 * <tr><td>Gemma 4 sound<td>{@code <|audio>} n {@code <|audio|>} {@code <audio|>}
 * <tr><td>Gemma 4 video<td>for each frame {@code mm:ss <|image>} n {@code <|video|>} {@code
 * <image|>}, a space between frames
 * <tr><td>Gemma 3, 3n image<td>two newlines, {@code <start_of_image>}, n {@code
 * <image_soft_token>}, {@code <end_of_image>}, two newlines
 * <tr><td>Gemma 3 image with crops<td>the sentence of {@link #gemma3}, the image and its crops in it
 * <tr><td>Gemma 3n sound<td>as its image, with {@code audio} for {@code image}
 * </table>
 *
 * @param image marks of images
 * @param sound marks of sounds
 * @param video marks of a video's frames
 */
public record MediaMarkup(Optional<Marks> image, Optional<Marks> sound, Optional<Marks> video) {
  /**
   * The marks of one kind of medium.
   *
   * @param placeholder what a chat template writes for the medium
   * @param begin in front of the soft tokens
   * @param softToken whose rows are replaced by the encoder's
   * @param end behind them
   */
  public record Marks(String placeholder, String begin, String softToken, String end) {
    private String around(int softTokens) {
      return begin + softToken.repeat(softTokens) + end;
    }
  }

  /** Gemma 4, all sizes. */
  public static MediaMarkup gemma4() {
    return new MediaMarkup(
        Optional.of(new Marks("<|image|>", "<|image>", "<|image|>", "<image|>")),
        Optional.of(new Marks("<|audio|>", "<|audio>", "<|audio|>", "<audio|>")),
        Optional.of(new Marks("<|video|>", "<|image>", "<|video|>", "<image|>")));
  }

  /**
   * Gemma 3: images alone. With crops: "Here is the original image" image "and here are some crops
   * to help you see better" crops.
   */
  public static MediaMarkup gemma3() {
    return new MediaMarkup(
        Optional.of(
            new Marks(
                "<start_of_image>",
                "\n\n<start_of_image>",
                "<image_soft_token>",
                "<end_of_image>\n\n")),
        Optional.empty(),
        Optional.empty());
  }

  /** Gemma 3n: images and sounds. */
  public static MediaMarkup gemma3n() {
    return new MediaMarkup(
        Optional.of(
            new Marks(
                "<image_soft_token>",
                "\n\n<start_of_image>",
                "<image_soft_token>",
                "<end_of_image>\n\n")),
        Optional.of(
            new Marks(
                "<audio_soft_token>",
                "\n\n<start_of_audio>",
                "<audio_soft_token>",
                "<end_of_audio>\n\n")),
        Optional.empty());
  }

  /**
   * The marks of a medium.
   *
   * @throws MediaException where the family has none
   */
  Marks marks(PromptMedium medium) {
    Optional<Marks> marks =
        switch (medium) {
          case PromptMedium.Image _ -> image;
          case PromptMedium.Sound _ -> sound;
          case PromptMedium.Video _ -> video;
        };
    return marks.orElseThrow(() ->
        new MediaException(
            "This model's prompts have no place for a %s. Send text%s%s."
                .formatted(
                    medium.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                    image.isPresent() ? ", images" : "",
                    sound.isPresent() ? ", sounds" : "")));
  }

  /** All marks that the family has. */
  List<Marks> all() {
    return List.of(image, sound, video).stream().flatMap(Optional::stream).toList();
  }

  /** What takes the place of a medium's placeholder. */
  String text(PromptMedium medium) {
    Marks marks = marks(medium);
    return switch (medium) {
      case PromptMedium.Sound sound -> marks.around(sound.softTokens());
      case PromptMedium.Image image when image.crops() == 0 -> marks.around(image.softTokens());
      case PromptMedium.Image image -> {
        String each = marks.around(image.softTokens());
        yield "Here is the original image "
            + each
            + " and here are some crops to help you see better "
            + String.join(" ", Collections.nCopies(image.crops(), each));
      }
      case PromptMedium.Video video ->
          video.frames().stream()
              .map(frame -> time(frame.time()) + " " + marks.around(frame.softTokens()))
              .collect(Collectors.joining(" "));
    };
  }

  private static String time(Duration time) {
    return "%02d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
