package ai.pollux.tensor.quant;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every format Pollux reads and writes. */
public final class Formats {
  public static final BlockFormat F32 = new F32();

  /** All formats, plain ones first. */
  public static final List<BlockFormat> ALL = List.of(F32);

  private Formats() {}

  /** The format of that name, in any case. */
  public static Optional<BlockFormat> named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}
