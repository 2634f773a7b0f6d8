package ai.pollux.content.ffmpeg;

import ai.pollux.content.MediaException;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * What FFmpeg may open. Everything else that it knows stays out of reach of a hostile file:
 * playlists that name other files (HLS, DASH, concat), protocols, screen and device readers, rare
 * decoders.
 */
final class Formats {
  /** FFmpeg's names of the containers that are read. */
  static final String CONTAINERS = "mov,matroska,wav,mp3,flac,ogg,aac,aiff";

  /** What a person would call them. */
  static final String KNOWN = "mp4, mov, m4a, mkv, webm, wav, mp3, flac, ogg, aac, aiff";

  /** FFmpeg's names of the decoders that are used. */
  private static final Set<String> DECODERS =
      Set.of(
          "aac",
          "mp3float",
          "flac",
          "vorbis",
          "opus",
          "alac",
          "pcm_u8",
          "pcm_s8",
          "pcm_s16le",
          "pcm_s16be",
          "pcm_s24le",
          "pcm_s24be",
          "pcm_s32le",
          "pcm_s32be",
          "pcm_f32le",
          "pcm_f32be",
          "pcm_f64le",
          "pcm_f64be",
          "pcm_alaw",
          "pcm_mulaw",
          "adpcm_ms",
          "adpcm_ima_wav",
          "h264",
          "hevc",
          "vp8",
          "vp9",
          "libaom-av1",
          "mpeg4",
          "mjpeg");

  private Formats() {}

  /** The decoder of a codec that we read. */
  static AVCodec decoder(int codec) {
    AVCodec decoder = avcodec.avcodec_find_decoder(codec);
    if (decoder == null || decoder.isNull() || !DECODERS.contains(decoder.name().getString())) {
      String name = avcodec.avcodec_get_name(codec).getString();
      throw new MediaException(
          "the file is coded as "
              + name
              + ", which is not read. Convert it to H.264 and AAC (mp4), or to wav");
    }
    return decoder;
  }
}
