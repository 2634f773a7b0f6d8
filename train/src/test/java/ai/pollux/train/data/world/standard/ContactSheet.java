package ai.pollux.train.data.world.standard;

import ai.pollux.content.Part;
import ai.pollux.content.image.Resampling;
import ai.pollux.content.image.RgbImage;
import ai.pollux.content.processor.PatchProcessor;
import ai.pollux.content.processor.PatchSettings;
import ai.pollux.content.processor.ProcessedImage;
import ai.pollux.content.processor.Scaling;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Exchange;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.draw.Canvas;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Lettering;
import ai.pollux.train.data.world.draw.Typeface;
import java.util.ArrayList;
import java.util.List;

/** Problems side by side, their pictures as the model sees them: put together from its patches. */
final class ContactSheet {
  static final int CELL_WIDTH = 300;
  static final int CELL_HEIGHT = 150;
  private static final int LINE = 11;
  private static final int PATCH = 12;
  private static final PatchProcessor PATCHES =
      new PatchProcessor(
          new PatchSettings(PATCH, 1, 70, false, Resampling.BICUBIC, Scaling.unit()));

  private final Lettering lettering = new Lettering(Typeface.all().get(11), 11);
  private final Canvas canvas;
  private final int columns;
  private int cells;

  ContactSheet(int columns, int rows) {
    this.columns = columns;
    canvas = new Canvas(columns * CELL_WIDTH, rows * CELL_HEIGHT, Ink.WHITE);
  }

  RgbImage image() {
    return canvas.image();
  }

  void add(Problem problem) {
    int left = cells % columns * CELL_WIDTH;
    int top = cells / columns * CELL_HEIGHT;
    cells++;
    canvas.fill(left, top, CELL_WIDTH, 1, Ink.gray(180));
    canvas.fill(left, top, 1, CELL_HEIGHT, Ink.gray(180));
    write(problem.task(), left + 4, top + 8, new Ink("blue", 0x2040A0));
    int across = left + 4;
    for (Medium medium : problem.media()) {
      for (RgbImage seen : seen(medium)) {
        if (across + seen.width() < left + CELL_WIDTH) {
          canvas.copy(seen, across, top + 16);
          across += seen.width() + 2;
        }
      }
    }
    boolean wide = across - left > 120 || problem.media().isEmpty();
    int x = wide ? left + 4 : across + 2;
    int y = wide && !problem.media().isEmpty() ? top + 16 + height(problem) + 7 : top + 22;
    lines(problem, x, y, left + CELL_WIDTH, top + CELL_HEIGHT - 4);
  }

  private int height(Problem problem) {
    return problem.media().stream()
        .flatMap(medium -> seen(medium).stream())
        .mapToInt(RgbImage::height)
        .max()
        .orElse(0);
  }

  private void lines(Problem problem, int x, int from, int right, int bottom) {
    int y = from;
    for (Exchange exchange : problem.exchanges()) {
      StringBuilder question = new StringBuilder();
      for (Part part : exchange.question().parts()) {
        if (part instanceof Part.Text text && !text.text().startsWith("Image ")) {
          question.append(text.text()).append(' ');
        } else if (part instanceof Part.ToolResult result) {
          question.append(result.response());
        }
      }
      for (String line : wrapped(question.toString(), right - x - 6)) {
        if (y < bottom) {
          write(line, x, y, Ink.BLACK);
          y += LINE;
        }
      }
      for (String line : wrapped(exchange.answer().text(), right - x - 12)) {
        if (y < bottom) {
          write(line, x + 6, y, new Ink("green", 0x107010));
          y += LINE;
        }
      }
    }
  }

  private List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.replaceAll("[^ -~]", " ").strip().split(" +")) {
      if (!line.isEmpty() && lettering.width(line + " " + word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private void write(String text, int x, int y, Ink ink) {
    lettering.left(canvas, text, x, y, ink);
  }

  private static List<RgbImage> seen(Medium medium) {
    return switch (medium) {
      case Medium.Picture picture -> List.of(seen(picture.image()));
      case Medium.Film film -> film.frames();
      case Medium.Sound sound -> List.of(wave(sound.samples()));
    };
  }

  /** The picture that its patches make. */
  static RgbImage seen(RgbImage image) {
    ProcessedImage.Patches patches = PATCHES.patches(image);
    int[] columns = patches.columns();
    int[] rows = patches.rows();
    int width = (columns[columns.length - 1] + 1) * PATCH;
    byte[] rgb = new byte[3 * width * (rows[rows.length - 1] + 1) * PATCH];
    int size = 3 * PATCH * PATCH;
    for (int p = 0; p < columns.length; p++) {
      for (int i = 0; i < size; i++) {
        int y = rows[p] * PATCH + i / (3 * PATCH);
        int to = 3 * (y * width + columns[p] * PATCH) + i % (3 * PATCH);
        rgb[to] = (byte) Math.round(patches.values()[p * size + i] * 255);
      }
    }
    return new RgbImage(width, rgb.length / 3 / width, rgb);
  }

  /** A sound's loudness over time. */
  private static RgbImage wave(float[] samples) {
    Canvas canvas = new Canvas(110, 40, Ink.gray(240));
    for (int x = 0; x < 110; x++) {
      float most = 0;
      for (int i = x * samples.length / 110; i < (x + 1) * samples.length / 110; i++) {
        most = Math.max(most, Math.abs(samples[i]));
      }
      int half = Math.max(1, Math.round(most * 20));
      canvas.fill(x, 20 - half, 1, 2 * half, new Ink("blue", 0x4060C0));
    }
    return canvas.image();
  }
}
