package com.example;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Schema;
import com.google.genai.types.Type;
import java.util.Map;

/** Google's own SDK, which talks to {@code ./pollux serve} because of one line. */
public final class GoogleGenAi {
  private GoogleGenAi() {}

  public static void main(String[] arguments) {
    String url = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080";
    try (Client client =
        Client.builder()
            .apiKey("any") // or one that pollux serve --api-key asks for
            .httpOptions(HttpOptions.builder().baseUrl(url).build())
            .build()) {
      System.out.println(
          "text: " + client.models.generateContent("gemini-pro", "What is 2 + 3?", null).text());
      stream(client);
      json(client);
    }
  }

  private static void stream(Client client) {
    GenerateContentConfig config =
        GenerateContentConfig.builder().seed(1).maxOutputTokens(60).build();
    System.out.print("stream: ");
    try (ResponseStream<GenerateContentResponse> answer =
        client.models.generateContentStream("gemini-pro", "Tell me a story.", config)) {
      answer.forEach(
          chunk -> {
            if (chunk.text() != null) {
              System.out.print(chunk.text());
            }
          });
    }
    System.out.println();
  }

  private static void json(Client client) {
    Schema minutes = Schema.builder().type(Type.Known.INTEGER).build();
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .responseMimeType("application/json")
            .responseSchema(
                Schema.builder()
                    .type(Type.Known.OBJECT)
                    .properties(Map.of("minutes", minutes))
                    .required("minutes")
                    .build())
            .build();
    System.out.println(
        "json: "
            + client.models.generateContent("gemini-pro", "How long does soup take?", config).text());
  }
}
