package ai.pollux.server.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path of stores of documents taken apart: {@code /v1beta/fileSearchStores/abc:importFile},
 * {@code /v1beta/fileSearchStores/abc/documents/d}, {@code
 * /upload/v1beta/fileSearchStores/abc:uploadToFileSearchStore}.
 *
 * @param isUpload whether it begins with {@code /upload}
 * @param version {@code v1}, {@code v1beta} or {@code v1alpha}
 * @param store id; empty for the list of stores
 * @param method what is asked of the store; empty for the plain HTTP methods
 * @param part {@code documents}, {@code operations}, {@code upload/operations}, or empty
 * @param id of a document or an operation; empty for the list
 */
record StorePath(
    boolean isUpload, String version, String store, String method, String part, String id) {
  private static final Pattern PATH =
      Pattern.compile(
          "/+(upload/+)?(v1|v1beta|v1alpha)/+fileSearchStores"
              + "(?:/+([^/:]+)(?::([A-Za-z]+)|/+(documents|operations|upload/operations)(?:/+([^/:]+))?)?)?/*");

  /** The parts of a decoded path, or nothing where it is not one of stores. */
  static Optional<StorePath> parse(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches()
        ? Optional.of(
            new StorePath(
                matcher.group(1) != null,
                matcher.group(2),
                orEmpty(matcher.group(3)),
                orEmpty(matcher.group(4)),
                orEmpty(matcher.group(5)),
                orEmpty(matcher.group(6))))
        : Optional.empty();
  }

  /** What is meant, without ids: one word for each kind of address. */
  Kind kind() {
    if (isUpload) {
      return method.equals("uploadToFileSearchStore") ? Kind.UPLOAD : Kind.NONE;
    }
    if (!method.isEmpty()) {
      return method.equals("importFile") ? Kind.IMPORT : Kind.NONE;
    }
    return switch (part) {
      case "" -> store.isEmpty() ? Kind.STORES : Kind.STORE;
      case "documents" -> id.isEmpty() ? Kind.DOCUMENTS : Kind.DOCUMENT;
      default -> id.isEmpty() ? Kind.NONE : Kind.OPERATION;
    };
  }

  /** What addresses there are. */
  enum Kind {
    STORES,
    STORE,
    IMPORT,
    UPLOAD,
    DOCUMENTS,
    DOCUMENT,
    OPERATION,
    /** None of the API's. */
    NONE
  }

  /** How the work on a document is called. */
  String operation(String document) {
    String kind = part.isEmpty() ? (isUpload ? "upload/operations" : "operations") : part;
    return "fileSearchStores/%s/%s/%s".formatted(store, kind, document);
  }

  private static String orEmpty(@Nullable String group) {
    return group == null ? "" : group;
  }
}
