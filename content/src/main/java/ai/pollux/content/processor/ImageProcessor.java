package ai.pollux.content.processor;

import ai.pollux.content.image.RgbImage;
import java.util.List;

/**
 * Turns pixels into what a family's vision encoder reads. Immutable; may be used by many threads.
 */
public sealed interface ImageProcessor permits PatchProcessor, PictureProcessor {
  /**
   * The image, and behind it the crops that the family takes of it, if it does.
   *
   * @throws ai.pollux.content.MediaException where the image cannot be brought to the family's size
   */
  List<ProcessedImage> process(RgbImage image);
}
