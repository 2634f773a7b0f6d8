package ai.pollux.server.gemini;

import ai.pollux.content.Clip;
import ai.pollux.content.Media;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.MediaResolution;
import ai.pollux.content.MediaType;
import ai.pollux.content.Part;
import ai.pollux.content.document.TextFile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Images, sounds, videos and documents of the API as parts of a conversation. */
public final class MediaMapping {
  private static final Pattern DURATION = Pattern.compile("[0-9]{1,6}(\\.[0-9]{0,9})?s");
  private static final Set<String> TEXT_TYPES =
      Set.of(
          "application/json",
          "application/x-javascript",
          "application/javascript",
          "application/x-python",
          "application/x-python-code",
          "application/xml");

  private MediaMapping() {}

  /**
   * Media as a part of the kind that its type names.
   *
   * @param part how it is to be looked at
   * @param requested the resolution that the request asks for, where the part asks for none
   * @param place of the data in the body
   */
  static Part part(
      Media media, ai.pollux.server.gemini.Part part, MediaResolution requested, String place) {
    Part mapped = part(media, resolution(part.mediaResolution(), requested, place), place);
    if (part.videoMetadata() == null) {
      return mapped;
    }
    if (mapped instanceof Part.Video video) {
      return new Part.Video(video.media(), clip(part.videoMetadata(), place), video.resolution());
    }
    throw ApiException.invalid(
        place + ".video_metadata",
        "video_metadata is only used with video; found it beside \"%s\".".formatted(typeOf(media)));
  }

  /**
   * Media as a part of the kind that its type names, all of it.
   *
   * @param place of the data in the body
   * @throws ApiException INVALID_ARGUMENT where nothing reads such media
   */
  public static Part part(Media media, MediaResolution resolution, String place) {
    String type = typeOf(media);
    if (type.startsWith("text/") || TEXT_TYPES.contains(type)) {
      return new Part.Text(TextFile.read(media.bytes(), media.mimeType(), MediaLimits.standard()));
    }
    if (type.startsWith("image/")) {
      return new Part.Image(media, resolution);
    }
    if (type.startsWith("audio/")) {
      return new Part.Audio(media);
    }
    if (type.startsWith("video/")) {
      return new Part.Video(media, Clip.WHOLE, resolution);
    }
    if (type.equals("application/pdf")) {
      return new Part.Document(media, resolution);
    }
    throw ApiException.invalid(
        place + ".mime_type",
        ("Unsupported MIME type: \"%s\". Expected image/..., audio/..., video/..., application/pdf"
                + " or text/...")
            .formatted(type));
  }

  /** What a medium is said to be; where nothing is said, what its bytes look like. */
  private static String typeOf(Media media) {
    String declared = media.mimeType().toLowerCase(Locale.ROOT);
    boolean isSaid = !declared.isEmpty() && !declared.equals("application/octet-stream");
    return isSaid ? declared : MediaType.of(media.bytes(), "").name();
  }

  /**
   * Bytes written as base64, standard or URL-safe.
   *
   * @throws ApiException INVALID_ARGUMENT where they are not
   */
  public static Media inline(ai.pollux.server.gemini.Part.Blob blob, String place) {
    String type = blob.mimeType() == null ? "" : blob.mimeType();
    String data = blob.data() == null ? "" : blob.data();
    try {
      byte[] bytes = Base64.getDecoder().decode(data.replace('-', '+').replace('_', '/'));
      return new Media(type, bytes);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid(
          place + ".data", "Invalid value at '%s.data': Base64 decoding failed.".formatted(place));
    }
  }

  private static MediaResolution resolution(
      ai.pollux.server.gemini.Part.@Nullable MediaResolution own,
      MediaResolution requested,
      String place) {
    return own == null || own.level() == null
        ? requested
        : resolution(own.level(), place + ".media_resolution.level");
  }

  /**
   * A resolution by the API's name.
   *
   * @throws ApiException INVALID_ARGUMENT where there is no such
   */
  public static MediaResolution resolution(@Nullable String name, String place) {
    return switch (name == null ? "" : name) {
      case "", "MEDIA_RESOLUTION_UNSPECIFIED" -> MediaResolution.DEFAULT;
      case "MEDIA_RESOLUTION_LOW" -> MediaResolution.LOW;
      case "MEDIA_RESOLUTION_MEDIUM" -> MediaResolution.MEDIUM;
      case "MEDIA_RESOLUTION_HIGH" -> MediaResolution.HIGH;
      case "MEDIA_RESOLUTION_ULTRA_HIGH" -> MediaResolution.ULTRA_HIGH;
      default ->
          throw ApiException.invalid(
              place, "Invalid value at '%s': \"%s\".".formatted(place, name));
    };
  }

  private static Clip clip(
      ai.pollux.server.gemini.Part.@Nullable VideoMetadata metadata, String place) {
    if (metadata == null) {
      return Clip.WHOLE;
    }
    try {
      return new Clip(
          duration(metadata.startOffset(), place + ".start_offset").orElse(Duration.ZERO),
          duration(metadata.endOffset(), place + ".end_offset"),
          metadata.fps() == null ? OptionalDouble.empty() : OptionalDouble.of(metadata.fps()));
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid(
          place + ".video_metadata", place + ".video_metadata: " + e.getMessage());
    }
  }

  private static Optional<Duration> duration(@Nullable String text, String place) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    if (!DURATION.matcher(text).matches()) {
      throw ApiException.invalid(
          place,
          "Invalid value at '%s': expected seconds like \"3.5s\", found \"%s\"."
              .formatted(place, text));
    }
    BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
    return Optional.of(Duration.ofNanos(seconds.movePointRight(9).longValue()));
  }
}
