package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What commands do where no model is named: they run the one that comes with Pollux. */
final class BundledModelIT {
  @TempDir Path folder;

  private Path picture(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/bundled/" + name))) {
      Path file = folder.resolve(name);
      Files.copy(in, file);
      return file;
    }
  }

  /** The reference library's greedy answers, by way of our own processor of images. */
  @Test
  void runAnswersTextsAndPicturesAsTheReferenceDoes() throws IOException {
    JsonNode expected = BundledGoldenTest.expected();
    JsonNode text = expected.path("texts").path(0);
    assertThat(Shell.run("run", text.path("prompt").asString()).out().strip())
        .isEqualTo(text.path("text").asString());
    for (JsonNode image : expected.path("images")) {
      Shell shell =
          Shell.run(
              "run",
              image.path("prompt").asString(),
              picture(image.path("file").asString()).toString());
      assertThat(shell.exit()).as(shell.err()).isZero();
      assertThat(shell.out().strip()).isEqualTo(image.path("text").asString());
    }
  }

  /** Floors a few points below what docs and the model card say, for all questions. */
  @Test
  void hearsAndReadsDigits() {
    assertThat(accuracy("fsdd", 300)).isGreaterThan(0.95);
    assertThat(accuracy("mnist", 500)).isGreaterThan(0.88);
  }

  private static double accuracy(String benchmark, int questions) {
    TestFiles.data("images/mnist"); // Says so where there are no public data.
    Shell shell =
        Shell.run(
            "evaluate",
            benchmark,
            "--data",
            System.getProperty("pollux.data"),
            "--limit",
            Integer.toString(questions),
            "--json");
    assertThat(shell.exit()).as(shell.err()).isZero();
    JsonNode all = JsonMapper.shared().readTree(shell.out()).path("all");
    assertThat(all.path("questions").asInt()).isEqualTo(questions);
    assertThat(all.path("failed").asInt()).isZero();
    return all.path("accuracy").asDouble();
  }

  /** What other people's tests ask of a stand-in for Gemini. */
  @Test
  void servesAnswersInTheShapeThatIsAskedForTheSameEachTime()
      throws IOException, InterruptedException {
    String[] arguments = {"serve", "--port", "0", "--data", folder.resolve("files").toString()};
    PipedWriter output = new PipedWriter();
    try (BufferedReader lines = new BufferedReader(new PipedReader(output))) {
      PrintWriter out = new PrintWriter(output);
      Thread serving =
          Thread.ofPlatform()
              .daemon()
              .start(() -> Main.commandLine(arguments).setOut(out).execute(arguments));
      String ready = lines.readLine();
      assertThat(ready).startsWith("Pollux serves pollux-nano at ");
      URI url = URI.create(ready.substring(ready.indexOf("http")));

      String seven = Base64.getEncoder().encodeToString(Files.readAllBytes(picture("digit-0.png")));
      JsonNode shaped =
          ask(
              url,
              """
              {"contents": [{"parts": [{"inlineData": {"mimeType": "image/png", "data": "%s"}},
                                       {"text": "Which digit is this?"}]}],
               "generationConfig": {"responseMimeType": "application/json", "responseSchema":
                 {"type": "OBJECT", "properties": {"digit": {"type": "INTEGER"}}, "required": ["digit"]}}}
              """
                  .formatted(seven));
      JsonNode digit = JsonMapper.shared().readTree(shaped.path("text").asString());
      assertThat(digit.path("digit").isIntegralNumber()).as(shaped.toString()).isTrue();

      JsonNode call =
          ask(
                  url,
                  """
                  {"contents": [{"parts": [{"text": "What does the lamp cost?"}]}],
                   "tools": [{"functionDeclarations": [{"name": "get_price", "description": "The price of a thing",
                     "parameters": {"type": "OBJECT", "properties": {"item": {"type": "STRING", "enum": ["lamp", "chair"]}}, "required": ["item"]}}]}],
                   "toolConfig": {"functionCallingConfig": {"mode": "ANY"}}}
                  """)
              .path("functionCall");
      assertThat(call.path("name").asString()).isEqualTo("get_price");
      assertThat(call.path("args").path("item").asString()).isIn("lamp", "chair");

      String story =
          """
          {"contents": [{"parts": [{"text": "Tell me a story."}]}],
           "generationConfig": {"temperature": 1, "seed": 7, "maxOutputTokens": 30}}
          """;
      String first = ask(url, story).path("text").asString();
      assertThat(first).isNotBlank();
      assertThat(ask(url, story).path("text").asString()).isEqualTo(first);
      serving.interrupt();
    }
  }

  private static JsonNode ask(URI server, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/v1beta/models/gemini-2.5-flash:generateContent"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return JsonMapper.shared().readTree(response.body()).at("/candidates/0/content/parts/0");
    }
  }
}
