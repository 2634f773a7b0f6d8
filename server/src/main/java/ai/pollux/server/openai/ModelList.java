package ai.pollux.server.openai;

import java.util.List;

/** The models there are. */
public record ModelList(String object, List<Entry> data) {
  /** A model; {@code id} begins with {@code models/}, as Google lists them. */
  public record Entry(String id, String object, long created, String ownedBy) {
    /** A model of that name; {@code created} in seconds since 1970. */
    public static Entry of(String name, long created) {
      return new Entry("models/" + name, "model", created, "pollux");
    }
  }

  /** The models of these names. */
  public static ModelList of(List<String> names, long created) {
    return new ModelList("list", names.stream().map(name -> Entry.of(name, created)).toList());
  }
}
