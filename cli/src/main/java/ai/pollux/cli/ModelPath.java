package ai.pollux.cli;

import ai.pollux.assistant.store.ModelName;
import ai.pollux.assistant.store.ModelStore;
import ai.pollux.assistant.store.StoredModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a model is that was named by its path, by what it was pulled as, by its tier, or as the one
 * that comes with Pollux.
 */
final class ModelPath implements ITypeConverter<Path> {
  /** The same for what a command finds out itself. */
  static Path of(CommandSpec spec, String text) {
    try {
      return new ModelPath().convert(text);
    } catch (TypeConversionException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** What was named, or the model that comes with Pollux. */
  static Path orBundled(CommandSpec spec, @Nullable Path named) {
    return named == null ? of(spec, BundledModel.NAME) : named;
  }

  @Override
  public Path convert(String text) {
    Path path = Path.of(text);
    if (Files.exists(path)) {
      return path;
    }
    if (text.equals(BundledModel.NAME)) {
      return BundledModel.folder()
          .orElseThrow(() ->
              new TypeConversionException(
                  "%s comes with the launcher ./pollux, which tells where it is; here is none. Name a model"
                      .formatted(text)));
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
