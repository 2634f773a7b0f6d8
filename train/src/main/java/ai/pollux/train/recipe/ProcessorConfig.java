package ai.pollux.train.recipe;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The {@code processor_config.json} of a recipe: how media become what its model reads. */
final class ProcessorConfig {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The smallest number of tokens that the family's processors give an image. */
  private static final int IMAGE_TOKENS = 70;

  private static final int SAMPLE_RATE_HZ = 16_000;

  /** Milliseconds of a frame of sound in all of the family. */
  private static final int FRAME_MILLIS = 40;

  private static final int BICUBIC = 3;

  private ProcessorConfig() {}

  static ObjectNode of(Recipe recipe) {
    ObjectNode config = JSON.createObjectNode();
    config.put("processor_class", "Gemma4UnifiedProcessor");
    config.put("image_seq_length", IMAGE_TOKENS);
    config.put("audio_ms_per_token", FRAME_MILLIS);
    config.put("audio_seq_length", 750);
    config.set(
        "image_processor",
        images(recipe, "Gemma4UnifiedImageProcessor").put("do_normalize", false));
    config.set("video_processor", video(recipe));
    config.set("feature_extractor", sounds(recipe.sound()));
    return config;
  }

  private static ObjectNode images(Recipe recipe, String type) {
    String key = type.endsWith("VideoProcessor") ? "video_processor_type" : "image_processor_type";
    ObjectNode images = JSON.createObjectNode();
    images.put(key, type);
    images.put("do_convert_rgb", true);
    images.put("do_resize", true);
    images.put("do_rescale", true);
    images.put("rescale_factor", 1.0 / 255);
    images.put("resample", BICUBIC);
    images.putArray("image_mean").add(0.0).add(0.0).add(0.0);
    images.putArray("image_std").add(1.0).add(1.0).add(1.0);
    images.put("patch_size", recipe.patchSize());
    images.put("pooling_kernel_size", Recipe.MERGED);
    images.put("max_soft_tokens", IMAGE_TOKENS);
    return images;
  }

  private static ObjectNode video(Recipe recipe) {
    return images(recipe, "Gemma4UnifiedVideoProcessor")
        .put("do_normalize", true)
        .put("do_sample_frames", true)
        .put("num_frames", recipe.videoFrames());
  }

  private static ObjectNode sounds(SoundFrames sound) {
    ObjectNode sounds = JSON.createObjectNode();
    sounds.put("sampling_rate", SAMPLE_RATE_HZ);
    sounds.put("feature_size", sound.width());
    sounds.put("padding_side", "right");
    sounds.put("padding_value", 0.0);
    sounds.put("return_attention_mask", true);
    switch (sound) {
      case SAMPLES ->
          sounds
              .put("feature_extractor_type", "Gemma4UnifiedAudioFeatureExtractor")
              .put("audio_samples_per_token", sound.width());
      case LOG_MEL -> sounds.put("feature_extractor_type", "PolluxMelFeatureExtractor");
    }
    return sounds;
  }
}
