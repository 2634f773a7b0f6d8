package ai.pollux.cli;

import ai.pollux.assistant.store.ModelName;
import ai.pollux.assistant.store.ModelStore;
import ai.pollux.assistant.store.StoredModel;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a model is that was named by its path, by what it was pulled as, or by its tier. */
final class ModelPath implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    Path path = Path.of(text);
    if (Files.exists(path)) {
      return path;
    }
    ModelStore store = Store.open();
    String name = store.nameOf(text);
    if (name.equals(text) && !ModelName.isName(name)) {
      return path; // What opens it will say that it is not there.
    }
    if (!ModelName.isName(name) || Files.exists(Path.of(name))) {
      return Path.of(name);
    }
    return store
        .find(ModelName.parse(name))
        .map(StoredModel::path)
        .orElseThrow(() ->
            new TypeConversionException(
                "%s: no such file or folder, and not in the store. Fetch it: pollux pull %s"
                    .formatted(text, text)));
  }
}
