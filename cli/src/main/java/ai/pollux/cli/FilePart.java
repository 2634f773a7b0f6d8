package ai.pollux.cli;

import ai.pollux.content.Media;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.MediaType;
import ai.pollux.content.Part;
import ai.pollux.content.document.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that somebody names beside a prompt. */
final class FilePart {
  /** Held in memory while the prompt is read. */
  private static final long MOST_BYTES = 1L << 30;

  private FilePart() {}

  /**
   * A file as a part of the kind that its content says.
   *
   * @throws IllegalArgumentException if it is not there, too long, or of no kind that is known
   */
  static Part of(Path file) {
    byte[] bytes = read(file);
    MediaType type = MediaType.of(bytes, "");
    Media media = new Media(type.name(), bytes);
    return switch (type.kind()) {
      case IMAGE -> new Part.Image(media);
      case AUDIO -> new Part.Audio(media);
      case VIDEO -> new Part.Video(media);
      case PDF -> new Part.Document(media);
      case TEXT -> new Part.Text(TextFile.read(bytes, type.name(), MediaLimits.standard()));
      case UNKNOWN ->
          throw new IllegalArgumentException(
              "%s: expected an image, a sound, a video, a PDF or a text, found a file of another kind. Convert it to one of them"
                  .formatted(file));
    };
  }

  private static byte[] read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw new IllegalArgumentException(
            "%s: expected at most %,d bytes, found %,d. Send a part of it"
                .formatted(file, MOST_BYTES, size));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
