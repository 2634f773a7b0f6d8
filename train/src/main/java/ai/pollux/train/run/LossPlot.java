package ai.pollux.train.run;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Loss over tokens as a picture: the training loss smoothed, and each held-out source's. */
public final class LossPlot {
  private static final double KEPT = 0.95;
  private static final Color TRAINING = new Color(0x1A, 0x73, 0xE8);

  private LossPlot() {}

  /** Draws lines of one run to a PNG file. Nothing where there are none. */
  public static void write(String title, List<Metrics> metrics, Path png) throws IOException {
    if (metrics.isEmpty()) {
      return;
    }
    XYChart chart =
        new XYChartBuilder()
            .width(1000)
            .height(600)
            .title(title)
            .xAxisTitle("tokens, millions")
            .yAxisTitle("loss, nats a token")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setMarkerSize(0);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    double[] tokens = metrics.stream().mapToDouble(m -> m.tokens() / 1e6).toArray();
    XYSeries training = chart.addSeries("training, smoothed", tokens, smooth(metrics));
    training.setLineColor(TRAINING);
    training.setMarker(SeriesMarkers.NONE);
    validation(metrics)
        .forEach((source, points) ->
            chart
                .addSeries(
                    source,
                    points.stream().mapToDouble(point -> point[0]).toArray(),
                    points.stream().mapToDouble(point -> point[1]).toArray())
                .setMarker(SeriesMarkers.NONE));
    ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", png.toFile());
  }

  private static double[] smooth(List<Metrics> metrics) {
    double[] smoothed = new double[metrics.size()];
    double average = metrics.getFirst().loss();
    for (int i = 0; i < smoothed.length; i++) {
      average = KEPT * average + (1 - KEPT) * metrics.get(i).loss();
      smoothed[i] = average;
    }
    return smoothed;
  }

  private static Map<String, List<double[]>> validation(List<Metrics> metrics) {
    Map<String, List<double[]>> bySource = new TreeMap<>();
    for (Metrics line : metrics) {
      line.validation()
          .forEach((source, loss) ->
              bySource
                  .computeIfAbsent(source, name -> new ArrayList<>())
                  .add(new double[] {line.tokens() / 1e6, loss}));
    }
    return bySource;
  }
}
