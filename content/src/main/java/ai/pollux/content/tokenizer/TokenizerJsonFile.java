package ai.pollux.content.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code tokenizer.json}, read but not yet understood. The vocabulary and the merges, tens of
 * megabytes, are streamed; the rest is small.
 */
final class TokenizerJsonFile {
  private static final int MOST_PIECES = 1 << 24;

  private final String where;
  private final ObjectNode sections;
  private final ObjectNode model;
  private final List<String> merges = new ArrayList<>(); // left, right, left, right ...
  private String[] pieces = new String[1024];
  private float[] scores = new float[0];
  private int size;

  private TokenizerJsonFile(String where, JsonMapper mapper) {
    this.where = where;
    this.sections = mapper.createObjectNode();
    this.model = mapper.createObjectNode();
    Arrays.fill(pieces, "");
  }

  static TokenizerJsonFile parse(byte[] bytes, String where) {
    JsonFactory factory =
        JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();
    JsonMapper mapper = JsonMapper.builder(factory).build();
    TokenizerJsonFile file = new TokenizerJsonFile(where, mapper);
    try (JsonParser json = mapper.createParser(bytes)) {
      file.readFile(json);
    } catch (JacksonException e) {
      throw file.malformed("a JSON object", e.getOriginalMessage(), e);
    }
    return file;
  }

  /** Everything but the model. */
  ObjectNode sections() {
    return sections;
  }

  /** The model but for vocabulary and merges. */
  ObjectNode model() {
    return model;
  }

  /** The pieces by id; empty where an id has none. */
  String[] pieces() {
    return Arrays.copyOf(pieces, size);
  }

  /** The pieces' scores, if this is a unigram model; otherwise empty. */
  float[] scores() {
    return Arrays.copyOf(scores, Math.min(scores.length, size));
  }

  /** Both pieces of the first merge, of the second, and so on. */
  List<String> merges() {
    return merges;
  }

  private void readFile(JsonParser json) {
    expect(json, json.nextToken(), JsonToken.START_OBJECT, "the file");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("model") && value == JsonToken.START_OBJECT) {
        readModel(json);
      } else {
        sections.set(name, json.readValueAsTree());
      }
    }
    if (size == 0) {
      throw malformed("a model with a vocabulary", "none", null);
    }
  }

  private void readModel(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("vocab") && value == JsonToken.START_OBJECT) {
        readVocabulary(json);
      } else if (name.equals("vocab") && value == JsonToken.START_ARRAY) {
        readScoredVocabulary(json);
      } else if (name.equals("merges") && value == JsonToken.START_ARRAY) {
        readMerges(json);
      } else {
        model.set(name, json.readValueAsTree());
      }
    }
  }

  private void readVocabulary(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String piece = json.currentName();
      expect(json, json.nextToken(), JsonToken.VALUE_NUMBER_INT, "model.vocab");
      put(json.getIntValue(), piece);
    }
  }

  private void readScoredVocabulary(JsonParser json) {
    while (json.nextToken() == JsonToken.START_ARRAY) {
      expect(json, json.nextToken(), JsonToken.VALUE_STRING, "model.vocab");
      String piece = json.getString();
      json.nextToken();
      if (size >= scores.length) {
        scores = Arrays.copyOf(scores, Math.max(1024, size * 2));
      }
      scores[size] = json.getFloatValue();
      put(size, piece);
      expect(json, json.nextToken(), JsonToken.END_ARRAY, "model.vocab");
    }
  }

  private void readMerges(JsonParser json) {
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      if (next == JsonToken.START_ARRAY) {
        expect(json, json.nextToken(), JsonToken.VALUE_STRING, "model.merges");
        merges.add(json.getString());
        expect(json, json.nextToken(), JsonToken.VALUE_STRING, "model.merges");
        merges.add(json.getString());
        expect(json, json.nextToken(), JsonToken.END_ARRAY, "model.merges");
      } else {
        expect(json, next, JsonToken.VALUE_STRING, "model.merges");
        String line = json.getString();
        int space = line.indexOf(' ', 1);
        if (space < 0) {
          throw malformed("merges of two pieces with a space between them", line, null);
        }
        merges.add(line.substring(0, space));
        merges.add(line.substring(space + 1));
      }
    }
  }

  /** Gives an id its piece; later ones win. */
  void put(int id, String piece) {
    if (id < 0 || id >= MOST_PIECES) {
      throw malformed(
          "ids from 0 to " + (MOST_PIECES - 1), "id " + id + " of '" + piece + "'", null);
    }
    if (id >= pieces.length) {
      int old = pieces.length;
      pieces = Arrays.copyOf(pieces, Math.max(old * 2, id + 1));
      Arrays.fill(pieces, old, pieces.length, "");
    }
    pieces[id] = piece;
    size = Math.max(size, id + 1);
  }

  private void expect(JsonParser json, @Nullable JsonToken found, JsonToken expected, String part) {
    if (found != expected) {
      throw malformed(
          part + " to have " + expected,
          found + " at " + json.currentLocation().offsetDescription(),
          null);
    }
  }

  /** A message about this file. */
  TokenizerException malformed(String expected, String found, @Nullable Throwable cause) {
    String message =
        where
            + ": expected "
            + expected
            + ", found "
            + found
            + ". This is no Hugging Face tokenizer.json, or it is damaged; download it again.";
    return cause == null ? new TokenizerException(message) : new TokenizerException(message, cause);
  }
}
