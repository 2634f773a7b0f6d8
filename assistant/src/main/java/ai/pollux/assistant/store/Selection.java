package ai.pollux.assistant.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which files of a repository make up the model that was asked for. */
final class Selection {
  private static final String GGUF = ".gguf";

  /** The part of a split file's name that differs: {@code -00002-of-00005}. */
  private static final Pattern SPLIT = Pattern.compile("-\\d{5}-of-\\d{5}(?=\\.gguf$)");

  /** What comes along with safetensors: settings, tokenizers, templates. */
  private static final Pattern BESIDE =
      Pattern.compile("[^/]+\\.(json|model|jinja)|tok[^/]*\\.bin");

  /** What is taken from a repository of GGUF files where nothing else is asked for. */
  private static final List<String> PREFERRED = List.of("Q4_0", "Q4_K_M", "Q8_0", "BF16", "F16");

  private static final List<String> PROJECTORS = List.of("BF16", "F16", "F32", "Q8_0");

  private Selection() {}

  /**
   * With a pick, the one GGUF file of that name or quantisation, all of its parts, and the encoders
   * that lie beside it. Without, the safetensors with all that belongs to them, or, where there are
   * none, a GGUF file.
   *
   * @throws StoreException if nothing fits, with what there is
   */
  static List<HubFile> of(ModelName name, HubListing listing) {
    List<HubFile> safetensors = files(listing, path -> path.matches("[^/]+\\.safetensors"));
    if (name.pick().isEmpty() && !safetensors.isEmpty()) {
      List<HubFile> chosen = new ArrayList<>(safetensors);
      chosen.addAll(files(listing, path -> BESIDE.matcher(path).matches()));
      return chosen;
    }
    List<HubFile> decoders = files(listing, path -> path.endsWith(GGUF) && !isProjector(path));
    List<HubFile> chosen = new ArrayList<>(gguf(name, decoders));
    List<HubFile> projectors = files(listing, path -> path.endsWith(GGUF) && isProjector(path));
    projectors.stream().min(Comparator.comparingInt(Selection::rank)).ifPresent(chosen::add);
    return chosen;
  }

  private static List<HubFile> gguf(ModelName name, List<HubFile> decoders) {
    List<String> wanted = name.pick().isEmpty() ? PREFERRED : List.of(name.pick());
    for (String pick : wanted) {
      List<HubFile> found = decoders.stream().filter(file -> fits(file.path(), pick)).toList();
      if (whole(found).size() == 1) {
        return found;
      }
      if (!name.pick().isEmpty() && !found.isEmpty()) {
        throw new StoreException(
            "%s: several files fit: %s. Name one of them".formatted(name, whole(found)));
      }
    }
    if (name.pick().isEmpty() && whole(decoders).size() == 1) {
      return decoders;
    }
    throw new StoreException(
        decoders.isEmpty()
            ? "%s: the repository holds neither .safetensors nor .gguf files".formatted(name)
            : "%s: no file fits. Pick one, like %s:%s, of %s"
                .formatted(name, name.repo(), PREFERRED.getFirst(), whole(decoders)));
  }

  /** By the whole name, or by a quantisation between separators: Q4_0 is not in Q4_0_8. */
  private static boolean fits(String path, String pick) {
    if (path.equals(pick)) {
      return true;
    }
    String file = path.substring(path.lastIndexOf('/') + 1);
    return Pattern.compile("(^|[-.])" + Pattern.quote(pick.toUpperCase(Locale.ROOT)) + "([-.]|$)")
        .matcher(file.toUpperCase(Locale.ROOT))
        .find();
  }

  /** The names, each split file once. */
  private static Set<String> whole(List<HubFile> files) {
    Set<String> names = new TreeSet<>();
    files.forEach(file -> names.add(SPLIT.matcher(file.path()).replaceFirst("")));
    return names;
  }

  private static boolean isProjector(String path) {
    return path.toLowerCase(Locale.ROOT).contains("mmproj");
  }

  private static int rank(HubFile projector) {
    for (int i = 0; i < PROJECTORS.size(); i++) {
      if (fits(projector.path(), PROJECTORS.get(i))) {
        return i;
      }
    }
    return PROJECTORS.size();
  }

  private static List<HubFile> files(HubListing listing, Predicate<String> path) {
    return listing.files().stream().filter(file -> path.test(file.path())).toList();
  }
}
