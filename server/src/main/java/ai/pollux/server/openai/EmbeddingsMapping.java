package ai.pollux.server.openai;

import ai.pollux.assistant.Embedding;
import ai.pollux.content.Part;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.server.gemini.ApiException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Requests for vectors as contents, and vectors as messages. */
public final class EmbeddingsMapping {
  /** As many as OpenAI takes at a time. */
  private static final int MOST_TEXTS = 2048;

  private EmbeddingsMapping() {}

  /**
   * What is to be embedded.
   *
   * @param tokenizer of the model, for texts that are given as tokens
   * @throws ApiException INVALID_ARGUMENT
   */
  public static List<List<Part>> contents(EmbeddingsRequest request, Tokenizer tokenizer) {
    JsonNode input = request.input();
    List<String> texts = new ArrayList<>();
    if (input != null && input.isArray() && !isTokens(input)) {
      for (JsonNode each : input) {
        texts.add(text(each, tokenizer));
      }
    } else if (input != null) {
      texts.add(text(input, tokenizer));
    }
    if (texts.isEmpty() || texts.size() > MOST_TEXTS || texts.contains("")) {
      throw ApiException.invalid(
          "input",
          "input: expected 1 to %d texts that are not empty, found %d."
              .formatted(MOST_TEXTS, texts.size()));
    }
    return texts.stream().map(text -> List.<Part>of(new Part.Text(text))).toList();
  }

  private static String text(JsonNode input, Tokenizer tokenizer) {
    if (input.isString()) {
      return input.asString();
    }
    if (isTokens(input)) {
      int[] ids = input.valueStream().mapToInt(JsonNode::asInt).toArray();
      try {
        return tokenizer.decode(ids);
      } catch (IllegalArgumentException e) {
        throw ApiException.invalid("input", "input: " + e.getMessage());
      }
    }
    throw ApiException.invalid("input", "input: expected texts, or tokens, found " + input + ".");
  }

  private static boolean isTokens(JsonNode input) {
    return input.isArray() && !input.isEmpty() && input.valueStream().allMatch(JsonNode::isInt);
  }

  /**
   * The answer.
   *
   * @param model what it was asked for as
   * @throws ApiException INVALID_ARGUMENT where the vectors cannot be as they were asked for
   */
  public static EmbeddingList list(
      EmbeddingsRequest request, String model, List<Embedding> embeddings) {
    long tokens = embeddings.stream().mapToLong(embedding -> embedding.tokens().total()).sum();
    return new EmbeddingList(
        "list",
        IntStream.range(0, embeddings.size())
            .mapToObj(i -> entry(request, i, embeddings.get(i)))
            .toList(),
        model,
        new EmbeddingList.Usage(tokens, tokens));
  }

  private static EmbeddingList.Entry entry(
      EmbeddingsRequest request, int index, Embedding embedding) {
    int whole = embedding.vector().length;
    int size = request.dimensions() == null ? whole : request.dimensions();
    if (size < 1 || size > whole) {
      throw ApiException.invalid(
          "dimensions", "dimensions: expected 1 to %d, found %d.".formatted(whole, size));
    }
    float[] vector = size == whole ? embedding.vector() : embedding.vector(size);
    String format = request.encodingFormat() == null ? "float" : request.encodingFormat();
    return switch (format) {
      case "float" -> new EmbeddingList.Entry("embedding", index, vector);
      case "base64" -> new EmbeddingList.Entry("embedding", index, base64(vector));
      default ->
          throw ApiException.invalid(
              "encoding_format",
              "encoding_format: expected float or base64, found \"%s\".".formatted(format));
    };
  }

  private static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
