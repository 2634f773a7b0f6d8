package ai.pollux.assistant.media;

import ai.pollux.content.audio.SoundFeatures;
import ai.pollux.content.processor.PreparedMedium;
import ai.pollux.content.processor.ProcessedImage;
import ai.pollux.content.processor.PromptMedium;
import ai.pollux.model.MediaInput;
import java.util.List;

/**
 * A medium that was read.
 *
 * @param place what it takes of a prompt
 * @param inputs what the encoder reads: one for each run of placeholders
 * @param modality what its tokens are counted as
 */
public record ReadMedium(PromptMedium place, List<MediaInput> inputs, Modality modality) {
  static ReadMedium of(PreparedMedium medium, Modality modality) {
    List<MediaInput> inputs =
        switch (medium) {
          case PreparedMedium.Pictures pictures ->
              pictures.images().stream().map(ReadMedium::input).toList();
          case PreparedMedium.Sound(SoundFeatures clip) ->
              List.of(new MediaInput.Sound(clip.values(), clip.width(), clip.frames()));
        };
    return new ReadMedium(medium.place(), inputs, modality);
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
}
