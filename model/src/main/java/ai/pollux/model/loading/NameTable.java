package ai.pollux.model.loading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How one format spells the weights of one family: the only place for foreign names.
 *
 * <p>A table is text, one line per weight:
 *
 * <pre>
 * prefix                    model. | language_model.model.
 * embedding                 @embed_tokens.weight
 * blocks.#.attention.norm   @layers.#.input_layernorm.weight   + 1
 * head                      lm_head.weight | language_model.lm_head.weight
 * ignored                   vision_tower.*
 * </pre>
 *
 * <ul>
 *   <li>our name, then the foreign ones, of which the first that the file has is taken
 *   <li>{@code #} stands for a block's number; where there are two, for that of its stage first
 *   <li>{@code @} stands for each of the prefixes
 *   <li>{@code + 1} says that the file stores these values minus one
 *   <li>{@code ignored} lists tensors that belong to something else, with {@code *} for anything
 * </ul>
 */
public final class NameTable {
  private static final String PLUS_ONE = "+ 1";
  private static final String BLOCK = "blocks.#.";
  private static final Pattern NUMBER = Pattern.compile("\\.(\\d+)(?=\\.)");

  private final Map<String, Spelling> spellings = new HashMap<>();
  private final List<Pattern> ignored = new ArrayList<>();

  private NameTable() {}

  /** How a file may spell one weight, and what to add to its values. */
  record Spelling(List<String> names, float plus) {}

  /**
   * A table from its text.
   *
   * @throws IllegalArgumentException if a line has no foreign name, or names a weight twice
   */
  public static NameTable of(String text) {
    NameTable table = new NameTable();
    List<String> prefixes = List.of("");
    for (String line : text.strip().lines().toList()) {
      String[] parts = line.strip().split("\\s+", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException("a name table's line lacks a foreign name: " + line);
      }
      boolean plusOne = parts[1].endsWith(PLUS_ONE);
      String names = parts[1].substring(0, parts[1].length() - (plusOne ? PLUS_ONE.length() : 0));
      List<String> foreign = List.of(names.strip().split("\\s+\\|\\s+"));
      switch (parts[0]) {
        case "prefix" -> prefixes = foreign;
        case "ignored" -> spelled(foreign, prefixes).forEach(name -> table.ignored.add(glob(name)));
        default -> {
          Spelling spelling = new Spelling(spelled(foreign, prefixes), plusOne ? 1 : 0);
          if (table.spellings.put(parts[0], spelling) != null) {
            throw new IllegalArgumentException("a name table lists " + parts[0] + " twice");
          }
        }
      }
    }
    return table;
  }

  private static List<String> spelled(List<String> foreign, List<String> prefixes) {
    List<String> names = new ArrayList<>();
    for (String name : foreign) {
      if (name.startsWith("@")) {
        prefixes.forEach(prefix -> names.add(prefix + name.substring(1)));
      } else {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  private static Pattern glob(String name) {
    String[] parts = name.split("\\*", -1);
    return Pattern.compile(
        Arrays.stream(parts).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  /**
   * How a file may spell a weight.
   *
   * @param name our name, with a block's number where it has one: {@code blocks.3.attention.query}
   * @throws IllegalArgumentException if the table does not list it
   */
  Spelling spelling(String name) {
    String pattern = pattern(name);
    Spelling spelling = spellings.get(pattern);
    if (spelling == null) {
      throw new IllegalArgumentException("the name table has no line for " + pattern);
    }
    return new Spelling(
        spelling.names().stream().map(foreign -> numbered(foreign, name)).toList(),
        spelling.plus());
  }

  /** Our name of a weight by its name in a file; empty if the table does not list it. */
  public Optional<String> ours(String foreign) {
    String pattern = pattern(foreign);
    return spellings.entrySet().stream()
        .filter(line -> line.getValue().names().contains(pattern))
        .map(line -> numbered(line.getKey(), foreign))
        .findFirst()
        .or(() -> oursOfNumberedWord(foreign));
  }

  /** The same of a name with a number at the end of a word, like {@code layer0}. */
  private Optional<String> oursOfNumberedWord(String foreign) {
    for (Map.Entry<String, Spelling> line : spellings.entrySet()) {
      for (String name : line.getValue().names()) {
        int number = name.indexOf('#');
        if (number > 0 && name.charAt(number - 1) != '.') {
          Matcher matcher =
              Pattern.compile(Pattern.quote(name).replace("#", "\\E(\\d+)\\Q")).matcher(foreign);
          if (matcher.matches()) {
            return Optional.of(line.getKey().replaceFirst("#", matcher.group(1)));
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * How a file of another format spells a weight of this one; empty if a table does not list it.
   * Where both have the same number of names for it, each stands for the one in its place.
   */
  public Optional<String> translated(String foreign, NameTable target) {
    return ours(foreign)
        .filter(target::lists)
        .map(ours -> {
          List<String> here = spelling(ours).names();
          List<String> there = target.spelling(ours).names();
          return there.get(here.size() == there.size() ? here.indexOf(foreign) : 0);
        });
  }

  /** All the ways in which a file may spell a weight, by our name; none if it is not listed. */
  public List<String> spellings(String ours) {
    return lists(ours) ? spelling(ours).names() : List.of();
  }

  /** How a new file spells a weight, by our name; empty if the table does not list it. */
  public Optional<String> theirs(String ours) {
    return lists(ours) ? Optional.of(spelling(ours).names().getFirst()) : Optional.empty();
  }

  /** What a file's values of a weight lack of ours, by our name. */
  public float plus(String ours) {
    return spelling(ours).plus();
  }

  /** Whether the table lists a weight at all. */
  boolean lists(String name) {
    return spellings.containsKey(pattern(name));
  }

  /** Every part of a block, by its name inside the block. */
  List<String> blockParts() {
    return spellings.keySet().stream()
        .filter(name -> name.startsWith(BLOCK))
        .map(name -> name.substring(BLOCK.length()))
        .sorted()
        .toList();
  }

  /** Whether a tensor of the file is known to belong to something else. */
  boolean ignores(String foreign) {
    return ignored.stream().anyMatch(pattern -> pattern.matcher(foreign).matches());
  }

  private static String pattern(String name) {
    return NUMBER.matcher(name).replaceAll(".#");
  }

  /** Puts the numbers of our name into the foreign one, in order. */
  private static String numbered(String foreign, String name) {
    String numbered = foreign;
    for (Matcher number = NUMBER.matcher(name); number.find(); ) {
      numbered = numbered.replaceFirst("#", number.group(1));
    }
    return numbered;
  }
}
