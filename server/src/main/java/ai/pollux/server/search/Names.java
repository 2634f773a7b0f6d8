package ai.pollux.server.search;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ids of stores and documents: of what they are called, and letters that nobody guesses. */
final class Names {
  private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int RANDOM = 12;
  private static final int LONGEST_SLUG = 27;

  private Names() {}

  /** Whether it may be one; nothing else becomes part of a path. */
  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** At most 40 letters a to z, digits and inner dashes. */
  static String fresh(String displayName, SecureRandom random) {
    String plain = displayName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String slug =
        plain.substring(0, Math.min(LONGEST_SLUG, plain.length())).replaceAll("^-+|-+$", "");
    StringBuilder id = new StringBuilder(slug.isEmpty() ? "" : slug + "-");
    for (int i = 0; i < RANDOM; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
