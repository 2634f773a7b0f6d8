package ai.pollux.library;

import ai.pollux.content.Media;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.MediaType;
import ai.pollux.content.Part;
import ai.pollux.content.document.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files as parts, of the kind that their content says. */
final class FilePart {
  private FilePart() {}

  static Part of(Path file) {
    try {
      return of(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new PolluxException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new PolluxException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  static Part of(byte[] bytes, String name) {
    MediaType type = MediaType.of(bytes, "");
    Media media = new Media(type.name(), bytes);
    return switch (type.kind()) {
      case IMAGE -> new Part.Image(media);
      case AUDIO -> new Part.Audio(media);
      case VIDEO -> new Part.Video(media);
      case PDF -> new Part.Document(media);
      case TEXT -> new Part.Text(TextFile.read(bytes, type.name(), MediaLimits.standard()));
      case UNKNOWN ->
          throw new PolluxException(
              "%s: expected an image, a sound, a video, a PDF or a text, found a file of another kind. Convert it to one of them"
                  .formatted(name));
    };
  }
}
