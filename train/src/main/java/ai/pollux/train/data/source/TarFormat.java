package ai.pollux.train.data.source;

import ai.pollux.content.Json;
import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the files of one sample in a tar shard mean. Stateless. */
public interface TarFormat {
  /**
   * The sample.
   *
   * @param files by the end of their name behind the first dot: {@code png}, {@code seg.png}
   * @throws BadRecordException where files are missing or cannot be read
   */
  Sample sample(String source, Map<String, byte[]> files);

  /** Media in their order, and behind them the text of {@code txt}: pretraining. */
  static TarFormat captioned(MediaDecoder decoder) {
    return (source, files) -> {
      List<Sample.Piece> pieces = new ArrayList<>();
      media(decoder, files).forEach(medium -> pieces.add(new Sample.Piece.Shown(medium)));
      pieces.add(new Sample.Piece.Words(text(files, "txt")));
      return new Sample.Document(source, pieces);
    };
  }

  /** The one medium, with the label of {@code cls} or {@code txt}. */
  static TarFormat labelled(MediaDecoder decoder, Labelling labelling) {
    return (source, files) -> {
      List<Medium> media = media(decoder, files);
      if (media.size() != 1) {
        throw new BadRecordException(
            "Expected one picture, sound or video, found %d among %s."
                .formatted(media.size(), files.keySet()));
      }
      String label = text(files, files.containsKey("cls") ? "cls" : "txt").strip();
      return labelling.sample(source, media.getFirst(), label);
    };
  }

  /** The object in {@code json}, read as a record. */
  static TarFormat record(RecordFormat format) {
    return (source, files) -> {
      try {
        if (Json.parse(text(files, "json")) instanceof Json.Obj record) {
          return format.sample(source, record);
        }
      } catch (IllegalArgumentException e) {
        throw new BadRecordException(e);
      }
      throw new BadRecordException("json: expected an object.");
    };
  }

  private static List<Medium> media(MediaDecoder decoder, Map<String, byte[]> files) {
    return files.entrySet().stream()
        .filter(file -> MediaDecoder.Kind.of("." + file.getKey()) != MediaDecoder.Kind.OTHER)
        .map(file -> decoder.decode("." + file.getKey(), file.getValue()))
        .toList();
  }

  private static String text(Map<String, byte[]> files, String end) {
    byte[] bytes = files.get(end);
    if (bytes == null) {
      throw new BadRecordException(
          "Expected a file that ends with .%s, found %s.".formatted(end, files.keySet()));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
