package ai.pollux.assistant.store;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model is called on a hub: {@code owner/repo}, {@code owner/repo:Q4_0}, {@code
 * owner/repo:file.gguf}, each also with {@code @revision} at its end and {@code hf.co/} at its
 * beginning.
 *
 * @param repo owner and repository
 * @param pick a file, or a quantisation in the names of GGUF files; empty where the repository's
 *     own layout decides
 * @param revision a branch, a tag or a commit
 */
public record ModelName(String repo, String pick, String revision) {
  private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final Pattern NAME =
      Pattern.compile(
          "(?:(?:https://)?(?:hf\\.co|huggingface\\.co)/)?(%s/%s)(?::([^@:]+))?(?:@([^@:]+))?"
              .formatted(WORD, WORD));

  /** Whether a text may be such a name; a path with two parts may be one, too. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches() && !text.contains("..");
  }

  /**
   * Reads a name.
   *
   * @throws StoreException if it is none
   */
  public static ModelName parse(String text) {
    Matcher matcher = NAME.matcher(text);
    if (!isName(text) || !matcher.matches()) {
      throw new StoreException(
          "model name: expected owner/repo, owner/repo:Q4_0 or owner/repo@revision, found \"%s\""
              .formatted(text));
    }
    String pick = matcher.group(2);
    String revision = matcher.group(3);
    return new ModelName(
        matcher.group(1), pick == null ? "" : pick, revision == null ? "main" : revision);
  }

  /** A name for files and folders, different for every model name. */
  String fileName() {
    return URLEncoder.encode(toString(), StandardCharsets.UTF_8);
  }

  /** The repository without its owner: what clients call the model. */
  String shortName() {
    String repository = repo.substring(repo.indexOf('/') + 1);
    return pick.isEmpty() || pick.endsWith(".gguf") ? repository : repository + "-" + pick;
  }

  @Override
  public String toString() {
    return repo
        + (pick.isEmpty() ? "" : ":" + pick)
        + (revision.equals("main") ? "" : "@" + revision);
  }
}
