package ai.pollux.content.processor;

import java.util.Optional;

/** Which processor, with which settings, a checkpoint's files ask for. */
public final class ImageProcessors {
  private ImageProcessors() {}

  /**
   * The processor of images; empty for a model that reads none.
   *
   * @throws ProcessorException where a setting makes no sense
   */
  public static Optional<ImageProcessor> forImages(ProcessorFiles files) {
    if (!files.hasVision()) {
      return Optional.empty();
    }
    Fields fields = new Fields(files.image(), "image processor");
    return switch (files.modelType()) {
      case "gemma4" -> Optional.of(gemma4(files, fields, PatchSettings.gemma4()));
      case "gemma4_unified" -> Optional.of(gemma4(files, fields, PatchSettings.gemma4Unified()));
      case "gemma3" -> Optional.of(gemma3(files, fields));
      case "gemma3n" -> Optional.of(gemma3n(files, fields));
      default -> Optional.empty();
    };
  }

  /**
   * The processor of a video's frames. Families without videos of their own take frames as images,
   * without crops.
   *
   * @throws ProcessorException where a setting makes no sense
   */
  public static Optional<ImageProcessor> forFrames(ProcessorFiles files) {
    Fields fields = new Fields(files.video(), "video processor");
    return forImages(files)
        .map(images ->
            switch (images) {
              case PatchProcessor patches -> patches(fields, patches.settings().frames());
              case PictureProcessor pictures -> new PictureProcessor(pictures.settings().whole());
            });
  }

  private static ImageProcessor gemma4(
      ProcessorFiles files, Fields fields, PatchSettings published) {
    Fields vision = new Fields(files.config(), "config.json").inside("vision_config");
    return patches(
        fields,
        published.withSizes(
            vision.whole("patch_size", published.patchSize()),
            vision.whole("pooling_kernel_size", published.poolingSize())));
  }

  private static ImageProcessor patches(Fields fields, PatchSettings published) {
    return new PatchProcessor(
        new PatchSettings(
            fields.whole("patch_size", published.patchSize()),
            fields.whole("pooling_kernel_size", published.poolingSize()),
            fields.whole("max_soft_tokens", published.softTokens()),
            published.isMerged(),
            fields.resampling(published.resampling()),
            fields.scaling(published.scaling())));
  }

  private static ImageProcessor gemma3(ProcessorFiles files, Fields fields) {
    PictureSettings published = PictureSettings.gemma3();
    Fields config = new Fields(files.config(), "config.json");
    int side = config.inside("vision_config").whole("image_size", published.width());
    int tokens = config.whole("mm_tokens_per_image", published.softTokens());
    Optional<PanAndScan> crops =
        fields.flag("do_pan_and_scan", false) ? Optional.of(panAndScan(fields)) : Optional.empty();
    return pictures(files, fields, published, side, tokens, crops);
  }

  private static ImageProcessor gemma3n(ProcessorFiles files, Fields fields) {
    PictureSettings published = PictureSettings.gemma3n();
    int tokens =
        new Fields(files.config(), "config.json")
            .whole("vision_soft_tokens_per_image", published.softTokens());
    return pictures(files, fields, published, published.width(), tokens, Optional.empty());
  }

  private static ImageProcessor pictures(
      ProcessorFiles files,
      Fields fields,
      PictureSettings published,
      int side,
      int tokens,
      Optional<PanAndScan> crops) {
    Fields size = fields.inside("size");
    return new PictureProcessor(
        new PictureSettings(
            size.whole("width", side),
            size.whole("height", side),
            new Fields(files.processor(), "processor_config.json")
                .whole("image_seq_length", tokens),
            fields.resampling(published.resampling()),
            fields.scaling(published.scaling()),
            crops));
  }

  private static PanAndScan panAndScan(Fields fields) {
    PanAndScan published = PanAndScan.standard();
    return new PanAndScan(
        fields.whole("pan_and_scan_min_crop_size", published.minCropSize()),
        fields.whole("pan_and_scan_max_num_crops", published.maxCrops()),
        fields.number("pan_and_scan_min_ratio_to_activate", published.minRatio()));
  }
}
