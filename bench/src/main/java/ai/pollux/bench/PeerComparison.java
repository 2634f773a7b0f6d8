package ai.pollux.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pollux and llama.cpp side by side: the same GGUF files, the same threads, turn and turn about,
 * medians. Usage: {@code PeerComparison POLLUX LLAMA_BENCH ROUNDS RESULT.json MODEL.gguf...}, where
 * POLLUX is the launcher and LLAMA_BENCH the peer's own benchmark program.
 */
public final class PeerComparison {
  private static final int PREFILL = 512;
  private static final int DECODE = 128;
  private static final String THREADS = "2";

  private PeerComparison() {}

  /** Tokens per second of one run, and the most memory that was resident. */
  record Run(double prefill, double decode, long peakBytes) {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length < 5) {
      throw new IllegalArgumentException(
          "usage: PeerComparison POLLUX LLAMA_BENCH ROUNDS RESULT.json MODEL.gguf...");
    }
    int rounds = Integer.parseInt(arguments[2]);
    Path target = Path.of(arguments[3]).toAbsolutePath();
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    List<Map<String, Object>> rows = new ArrayList<>();
    System.out.println(
        "| model | prefill 512, Pollux | llama.cpp | ratio | decode 128, Pollux | llama.cpp | ratio | Pollux's memory over the file |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (String model : Arrays.asList(arguments).subList(4, arguments.length)) {
      List<Run> ours = new ArrayList<>();
      List<Run> theirs = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        theirs.add(llama(arguments[1], model));
        ours.add(pollux(arguments[0], model));
      }
      rows.add(row(model, ours, theirs));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("machine", machine());
    result.put("threads", THREADS);
    result.put("rows", rows);
    Files.writeString(
        target,
        JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
  }

  private static Map<String, Object> row(String model, List<Run> ours, List<Run> theirs)
      throws IOException {
    String name = String.valueOf(Path.of(model).getFileName()).replace(".gguf", "");
    double prefill = median(ours.stream().mapToDouble(Run::prefill).toArray());
    double peerPrefill = median(theirs.stream().mapToDouble(Run::prefill).toArray());
    double decode = median(ours.stream().mapToDouble(Run::decode).toArray());
    double peerDecode = median(theirs.stream().mapToDouble(Run::decode).toArray());
    long overFile =
        ours.stream().mapToLong(Run::peakBytes).max().orElse(0) - Files.size(Path.of(model));
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.2f | %.2f | %.2f | %.2f | %d MiB |%n",
        name,
        prefill,
        peerPrefill,
        prefill / peerPrefill,
        decode,
        peerDecode,
        decode / peerDecode,
        overFile >> 20);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("model", name);
    row.put("pollux", ours);
    row.put("llama.cpp", theirs);
    row.put("prefillRatio", prefill / peerPrefill);
    row.put("decodeRatio", decode / peerDecode);
    return row;
  }

  private static Run pollux(String launcher, String model)
      throws IOException, InterruptedException {
    Output output =
        run(
            launcher,
            "bench",
            "--model",
            model,
            "-t",
            THREADS,
            "--prefill",
            "" + PREFILL,
            "--decode",
            "" + DECODE,
            "-r",
            "3",
            "--json");
    double prefill = 0;
    double decode = 0;
    for (JsonNode row : output.json().path("results")) {
      double speed = row.path("tokensPerSecond").asDouble();
      if (row.path("test").asString().equals("prefill")) {
        prefill = speed;
      } else {
        decode = speed;
      }
    }
    return new Run(prefill, decode, output.peakBytes());
  }

  private static Run llama(String program, String model) throws IOException, InterruptedException {
    Output output =
        run(
            program,
            "-m",
            model,
            "-t",
            THREADS,
            "-p",
            "" + PREFILL,
            "-n",
            "" + DECODE,
            "-r",
            "3",
            "-o",
            "json");
    double prefill = 0;
    double decode = 0;
    for (JsonNode row : output.json()) {
      double speed = row.path("avg_ts").asDouble();
      if (row.path("n_gen").asInt() == 0) {
        prefill = speed;
      } else {
        decode = speed;
      }
    }
    return new Run(prefill, decode, output.peakBytes());
  }

  /** What a program printed, and the most memory it had. */
  record Output(JsonNode json, long peakBytes) {}

  private static Output run(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("pollux-bench", ".json");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      long peak = 0;
      while (process.isAlive()) {
        peak = Math.max(peak, residentBytes(process.pid()));
        Thread.sleep(50);
      }
      if (process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
      }
      return new Output(JsonMapper.shared().readTree(out), peak);
    } finally {
      Files.deleteIfExists(out);
    }
  }

  /**
   * The most memory a process ever had resident, mapped files included, as Linux counts it; 0
   * elsewhere.
   */
  private static long residentBytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static String machine() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    String model =
        Files.exists(info)
            ? Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .orElse("")
            : "";
    return model.replaceFirst(".*: ", "")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores, Java "
        + Runtime.version();
  }

  private static double median(double... values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
