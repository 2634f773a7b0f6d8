package ai.pollux.content.audio;

import ai.pollux.content.Json;

/**
 * Front ends out of a checkpoint's own settings: the object {@code feature_extractor} of its {@code
 * processor_config.json}, or the whole {@code preprocessor_config.json} of older ones.
 */
public final class SoundFrontEnds {
  private static final int SAMPLES_IN_30_S = 30 * SoundFile.SAMPLE_RATE_HZ;
  private static final int GEMMA_3N_TOKENS = 188;
  private static final int RAW_TOKENS = 750;

  private SoundFrontEnds() {}

  /**
   * The front end that the settings describe; what they leave out is the family's default.
   *
   * @throws IllegalArgumentException for an extractor or a value that is not supported
   */
  public static SoundFrontEnd of(Json.Obj extractor) {
    expect(extractor, "sampling_rate", SoundFile.SAMPLE_RATE_HZ);
    String type =
        extractor.member("feature_extractor_type") instanceof Json.Str(String name) ? name : "";
    return switch (type) {
      case "Gemma4AudioFeatureExtractor" ->
          new SoundFrontEnd.Mel(mel(extractor, MelSettings.gemma4()));
      case "Gemma3nAudioFeatureExtractor" ->
          new SoundFrontEnd.FixedMel(mel(extractor, MelSettings.gemma3n()), GEMMA_3N_TOKENS);
      case "Gemma4UnifiedAudioFeatureExtractor" -> {
        int width = (int) number(extractor, "audio_samples_per_token", 640);
        yield new SoundFrontEnd.Raw(width, RAW_TOKENS * width);
      }
      case "PolluxMelFeatureExtractor" -> SoundFrontEnd.polluxMel();
      default ->
          throw new IllegalArgumentException(
              "feature_extractor_type: expected Gemma4AudioFeatureExtractor,"
                  + " Gemma4UnifiedAudioFeatureExtractor, Gemma3nAudioFeatureExtractor or"
                  + " PolluxMelFeatureExtractor, found \""
                  + type
                  + "\"");
    };
  }

  private static MelSettings mel(Json.Obj extractor, MelSettings family) {
    expect(extractor, "dither", 0);
    for (String name : new String[] {"per_bin_mean", "per_bin_stddev"}) {
      if (!(extractor.member(name) instanceof Json.Null)) {
        throw new IllegalArgumentException(
            name + " of the feature extractor: expected null, found " + extractor.member(name));
      }
    }
    int frame = (int) number(extractor, "frame_length", family.frameLength());
    return new MelSettings(
        (int) number(extractor, "feature_size", family.mels()),
        frame,
        (int) number(extractor, "hop_length", family.hopLength()),
        (int) number(extractor, "fft_length", family.fftLength()),
        number(extractor, "min_frequency", family.lowestHz()),
        number(extractor, "max_frequency", family.highestHz()),
        number(extractor, "preemphasis", family.preemphasis()),
        number(extractor, "mel_floor", family.floor()),
        family.isFloorAdded(),
        family.leadingZeros() == 0 ? 0 : frame / 2,
        number(extractor, "input_scale_factor", family.scale()),
        SAMPLES_IN_30_S);
  }

  private static void expect(Json.Obj extractor, String name, double expected) {
    double found = number(extractor, name, expected);
    if (found != expected) {
      throw new IllegalArgumentException(
          name + " of the feature extractor: expected " + expected + ", found " + found);
    }
  }

  private static double number(Json.Obj extractor, String name, double otherwise) {
    return switch (extractor.member(name)) {
      case Json.Int(long value) -> value;
      case Json.Real(double value) -> value;
      case Json.Null() -> otherwise;
      default ->
          throw new IllegalArgumentException(
              name
                  + " of the feature extractor: expected a number, found "
                  + extractor.member(name));
    };
  }
}
