package ai.pollux.bench;

import ai.pollux.train.run.Metrics;
import ai.pollux.train.run.MetricsFile;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Runs of training side by side: {@code bench/run TrainingCurves PICTURE.png RUN...} draws the mean
 * held-out loss of each run's folder over its tokens, and prints the last one of every source.
 */
final class TrainingCurves {
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x1A, 0x73, 0xE8),
          new Color(0xD9, 0x30, 0x25),
          new Color(0x18, 0x80, 0x38),
          new Color(0xF2, 0x99, 0x00),
          new Color(0x93, 0x34, 0xE6),
          new Color(0x5F, 0x63, 0x68));

  private TrainingCurves() {}

  /** Draws and prints. */
  public static void main(String[] arguments) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(540)
            .title("Held-out loss, mean over sources")
            .xAxisTitle("tokens, millions")
            .yAxisTitle("loss, nats a token")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    List<Path> runs = Arrays.stream(arguments).skip(1).map(Path::of).toList();
    for (int i = 0; i < runs.size(); i++) {
      String name = String.valueOf(runs.get(i).getFileName());
      List<Metrics> validated =
          new MetricsFile(runs.get(i).resolve("metrics.jsonl"))
              .read().stream().filter(line -> !line.validation().isEmpty()).toList();
      print(name, validated.getLast());
      chart
          .addSeries(
              name,
              validated.stream().mapToDouble(line -> line.tokens() / 1e6).toArray(),
              validated.stream().mapToDouble(TrainingCurves::mean).toArray())
          .setMarker(SeriesMarkers.CIRCLE)
          .setMarkerColor(COLOURS.get(i % COLOURS.size()))
          .setLineColor(COLOURS.get(i % COLOURS.size()));
    }
    ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", Path.of(arguments[0]).toFile());
  }

  private static void print(String name, Metrics last) {
    System.out.printf(
        Locale.ROOT, "%-14s %6.2f M tokens, mean %.3f:", name, last.tokens() / 1e6, mean(last));
    new TreeMap<>(last.validation())
        .forEach((source, loss) -> System.out.printf(Locale.ROOT, "  %s %.3f", source, loss));
    System.out.println();
  }

  private static double mean(Metrics line) {
    return line.validation().values().stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }
}
