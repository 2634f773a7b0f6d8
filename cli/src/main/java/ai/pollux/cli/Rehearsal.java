package ai.pollux.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.synthetic.ModelShape;
import ai.pollux.model.synthetic.ModelShape.Family;
import ai.pollux.model.synthetic.SyntheticModel;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the commands once on tiny models of random weights, one of them served to a client over
 * loopback. The launcher does so after a build, while the JVM notes every class that is loaded; it
 * keeps them in an archive that later starts map instead of loading and verifying them one by one.
 */
final class Rehearsal {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final String COUNT = "{\"contents\": [{\"parts\": [{\"text\": \"Once\"}]}]}";
  private static final String CHAT =
      """
      {"contents": [{"role": "user", "parts": [{"text": "Once upon a time"}]}],
       "systemInstruction": {"parts": [{"text": "Be brief."}]},
       "generationConfig": {"maxOutputTokens": 4, "temperature": 0.5, "topK": 8, "topP": 0.9, "seed": 1}}
      """;

  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  private Rehearsal() {}

  /** Takes no arguments. Ends with 0 if all commands did. */
  public static void main(String[] arguments) throws IOException {
    Thread.ofPlatform().daemon().start(Rehearsal::endWhatHangs);
    Path folder = Files.createTempDirectory("pollux-rehearsal");
    Path llama = folder.resolve("llama.gguf");
    Path gemma = folder.resolve("gemma.gguf");
    try {
      write(llama, Family.LLAMA, Formats.F32);
      write(gemma, Family.GEMMA3, Formats.Q4_0);
      run("--version");
      run("inspect", gemma.toString());
      run("tokenize", "--model", gemma.toString(), "Once upon a time");
      run("generate", "-m", llama.toString(), "--prompt", "Once", "--max-tokens", "4", "--json");
      run("run", gemma.toString(), "Once", "--max-tokens", "4");
      BundledModel.folder()
          .ifPresent(bundled -> run("run", bundled.toString(), "Once", "--max-tokens", "4"));
      serve(BundledModel.folder().orElse(llama));
    } finally {
      Files.deleteIfExists(llama);
      Files.deleteIfExists(gemma);
      Files.deleteIfExists(folder);
    }
    System.exit(0);
  }

  private static void endWhatHangs() {
    try {
      Thread.sleep(LONGEST);
      System.err.println("the rehearsal did not end in " + LONGEST.toSeconds() + " s");
      Runtime.getRuntime().halt(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Two layers, small enough to be written and run in milliseconds. */
  private static void write(Path target, Family family, BlockFormat type) {
    int window = family == Family.GEMMA3 ? 16 : 0;
    ModelShape shape =
        new ModelShape("rehearsal", family, 64, 2, 2, 1, 1, 32, 32, 128, 320, 256, window, 2, 0, 0);
    SyntheticModel.write(target, shape, type, 1, GgufWriter.Progress.NONE);
  }

  private static void run(String... arguments) {
    int exit =
        Main.commandLine(arguments).setOut(new PrintWriter(Writer.nullWriter())).execute(arguments);
    if (exit != 0) {
      throw new IllegalStateException(
          "%s ended with %d".formatted(String.join(" ", arguments), exit));
    }
  }

  /** Serves on a thread of its own until the JVM ends, and asks as clients do. */
  private static void serve(Path model) throws IOException {
    String[] arguments = {"serve", "--model", model.toString(), "--port", "0"};
    PipedWriter output = new PipedWriter();
    try (BufferedReader lines = new BufferedReader(new PipedReader(output))) {
      PrintWriter out = new PrintWriter(output);
      Thread.ofPlatform()
          .daemon()
          .start(() -> Main.commandLine(arguments).setOut(out).execute(arguments));
      String ready = lines.readLine();
      if (ready == null) {
        throw new IllegalStateException("serve ended before it was ready");
      }
      URI url = URI.create(ready.substring(ready.indexOf("http")));
      ask(url, "GET /v1beta/models", "");
      ask(url, "POST /v1beta/models/gemini-pro:countTokens", COUNT);
      ask(url, "POST /v1beta/models/gemini-pro:generateContent", CHAT);
      ask(url, "POST /v1beta/models/gemini-pro:streamGenerateContent?alt=sse", CHAT);
    }
  }

  /**
   * Sends a request and reads its response to the end. A client that ended its own side would be
   * taken for one that went away, where an answer takes long.
   */
  private static void ask(URI server, String methodAndPath, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    String head =
        "%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(methodAndPath, bytes.length);
    try (Socket socket = new Socket(server.getHost(), server.getPort());
        InputStream in = socket.getInputStream()) {
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write(bytes);
      String response = response(in);
      if (!response.startsWith("HTTP/1.1 200")) {
        throw new IllegalStateException(methodAndPath + " was answered with " + response);
      }
    }
  }

  /** Reads until the response is whole: by its length, or to the last of its chunks. */
  private static String response(InputStream in) throws IOException {
    StringBuilder read = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      read.append((char) next);
      if (isWhole(read.toString())) {
        break;
      }
    }
    return read.toString();
  }

  private static boolean isWhole(String response) {
    int body = response.indexOf("\r\n\r\n") + 4;
    if (body < 4) {
      return false;
    }
    Matcher length = LENGTH.matcher(response.substring(0, body));
    return length.find()
        ? response.length() >= body + Integer.parseInt(length.group(1))
        : response.endsWith("\r\n0\r\n\r\n");
  }
}
