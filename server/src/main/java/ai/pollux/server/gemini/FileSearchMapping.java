package ai.pollux.server.gemini;

import ai.pollux.server.gemini.FileSearch.CustomMetadata;
import ai.pollux.server.gemini.FileSearch.StringList;
import ai.pollux.server.search.Chunking;
import ai.pollux.server.search.Metadatum;
import ai.pollux.server.search.NewDocument;
import ai.pollux.server.search.SearchStore;
import ai.pollux.server.search.StoredDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores and documents as the API shows them. */
public final class FileSearchMapping {
  private static final int MOST_METADATA = 20;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_TEXT = 1024;
  private static final int LONGEST_LIST = 100;

  private FileSearchMapping() {}

  /** A store. */
  public static FileSearch.Store store(SearchStore store) {
    return new FileSearch.Store(
        "fileSearchStores/" + store.id(),
        emptyToNull(store.displayName()),
        "models/" + store.embeddingModel(),
        store.created(),
        store.updated(),
        Long.toString(store.active()),
        Long.toString(store.pending()),
        Long.toString(store.failed()),
        Long.toString(store.bytes()));
  }

  /** A document. */
  public static FileSearch.Document document(String store, StoredDocument document) {
    return new FileSearch.Document(
        name(store, document),
        emptyToNull(document.displayName()),
        emptyToNull(document.mimeType()),
        Long.toString(document.bytes()),
        "STATE_" + document.state(),
        customMetadata(document.metadata()),
        document.created(),
        document.updated());
  }

  /** What a document is called. */
  static String name(String store, StoredDocument document) {
    return "fileSearchStores/%s/documents/%s".formatted(store, document.id());
  }

  /**
   * The work on a document.
   *
   * @param name of the operation
   */
  public static Operation operation(String name, String store, StoredDocument document) {
    FileSearch.Imported imported =
        new FileSearch.Imported("fileSearchStores/" + store, name(store, document));
    return switch (document.state()) {
      case PENDING -> new Operation(name, null, false, null, null);
      case ACTIVE -> new Operation(name, null, true, imported, null);
      case FAILED ->
          new Operation(
              name,
              null,
              true,
              null,
              new Operation.Status(
                  ApiException.Status.INVALID_ARGUMENT.rpc(),
                  "%s: %s"
                      .formatted(
                          imported.documentName(), document.error().orElse("it cannot be read"))));
    };
  }

  /**
   * A document that is to come.
   *
   * @throws ApiException INVALID_ARGUMENT if its metadata are none
   */
  public static NewDocument document(
      @Nullable String displayName,
      @Nullable String mimeType,
      @Nullable List<CustomMetadata> metadata,
      FileSearch.@Nullable ChunkingConfig chunking) {
    return new NewDocument(
        checkedName(displayName),
        mimeType == null ? "" : mimeType,
        metadata(metadata == null ? List.of() : metadata),
        chunking(chunking));
  }

  /**
   * What a store or a document is called.
   *
   * @throws ApiException INVALID_ARGUMENT if that is too long
   */
  public static String checkedName(@Nullable String name) {
    String given = name == null ? "" : name;
    if (given.length() > 512) {
      throw ApiException.invalid(
          "display_name",
          "display_name: expected at most 512 characters, found %d.".formatted(given.length()));
    }
    return given;
  }

  private static Chunking chunking(FileSearch.@Nullable ChunkingConfig config) {
    FileSearch.WhiteSpaceConfig words = config == null ? null : config.whiteSpaceConfig();
    if (words == null) {
      return Chunking.DEFAULT;
    }
    int most = Objects.requireNonNullElse(words.maxTokensPerChunk(), Chunking.DEFAULT.words());
    int overlap = Math.min(Chunking.DEFAULT.overlap(), Math.max(0, most - 1));
    return new Chunking(most, Objects.requireNonNullElse(words.maxOverlapTokens(), overlap));
  }

  private static List<Metadatum> metadata(List<CustomMetadata> given) {
    if (given.size() > MOST_METADATA) {
      throw ApiException.invalid(
          "custom_metadata",
          "custom_metadata: expected at most %d, found %d.".formatted(MOST_METADATA, given.size()));
    }
    List<Metadatum> metadata = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      metadata.add(metadatum(given.get(i), "custom_metadata[" + i + "]"));
    }
    if (metadata.stream().map(Metadatum::key).distinct().count() < metadata.size()) {
      throw ApiException.invalid("custom_metadata", "custom_metadata: a key occurs twice.");
    }
    return metadata;
  }

  private static Metadatum metadatum(CustomMetadata given, String place) {
    String key = given.key() == null ? "" : given.key();
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw ApiException.invalid(
          place + ".key",
          "%s.key: expected 1 to %d characters, found %d."
              .formatted(place, LONGEST_KEY, key.length()));
    }
    StringList list = given.stringListValue();
    List<String> texts = list == null || list.values() == null ? List.of() : list.values();
    long values =
        Stream.of(given.stringValue(), given.numericValue(), list).filter(Objects::nonNull).count();
    if (values != 1) {
      throw ApiException.invalid(
          place,
          "%s: expected one of string_value, numeric_value and string_list_value, found %d."
              .formatted(place, values));
    }
    boolean isTooLong =
        Stream.concat(Stream.ofNullable(given.stringValue()), texts.stream())
            .anyMatch(text -> text.length() > LONGEST_TEXT);
    if (isTooLong || texts.size() > LONGEST_LIST) {
      throw ApiException.invalid(
          place,
          "%s: expected texts of at most %d characters and lists of at most %d, found more."
              .formatted(place, LONGEST_TEXT, LONGEST_LIST));
    }
    return new Metadatum(
        key,
        Optional.ofNullable(given.stringValue()),
        Optional.ofNullable(given.numericValue()),
        texts);
  }

  /** As they were given; nothing where there are none. */
  static @Nullable List<CustomMetadata> customMetadata(List<Metadatum> metadata) {
    List<CustomMetadata> shown =
        metadata.stream()
            .map(each ->
                new CustomMetadata(
                    each.key(),
                    each.text().orElse(null),
                    each.number().orElse(null),
                    each.text().isPresent() || each.number().isPresent()
                        ? null
                        : new StringList(each.texts())))
            .toList();
    return shown.isEmpty() ? null : shown;
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
