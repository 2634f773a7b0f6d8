package ai.pollux.model.loading;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which part of a MatFormer to take: how many rows of each layer's feed-forward weights, and which
 * layers not at all, <a href="https://arxiv.org/abs/2310.07707">arXiv 2310.07707</a>. Written as
 *
 * <ul>
 *   <li>{@code e2b}: as Gemma 3n's smaller model lies in the larger: half of each feed-forward
 *       layer, without the first layers that share keys and values
 *   <li>{@code 8192}: that width in every layer
 *   <li>{@code 8192x20,0x5,16384x10}: a width for each layer, {@code x} for so many in a row, 0 to
 *       leave a layer out
 * </ul>
 */
public sealed interface ModelSlice {
  /** All of it. */
  ModelSlice WHOLE = new Whole();

  /** How the smaller published model lies in the larger one. */
  ModelSlice E2B = new Nested();

  /**
   * A slice from its text.
   *
   * @throws ModelException if it is none of the above
   */
  static ModelSlice parse(String text) {
    return text.equals("e2b") ? E2B : Widths.parse(text);
  }

  /**
   * The width of each layer's feed-forward part, 0 for layers to leave out.
   *
   * @param whole the widths of the whole model
   * @param sharing how many of the last layers share keys and values
   * @param period after how many layers the kinds of layers repeat
   * @throws ModelException if the slice is for a model of another size
   */
  int[] widths(int[] whole, int sharing, int period);

  /** See {@link #WHOLE}. */
  record Whole() implements ModelSlice {
    @Override
    public int[] widths(int[] whole, int sharing, int period) {
      return whole.clone();
    }

    @Override
    public String toString() {
      return "whole";
    }
  }

  /** See {@link #E2B}. */
  record Nested() implements ModelSlice {
    @Override
    public int[] widths(int[] whole, int sharing, int period) {
      int first = whole.length - sharing;
      return IntStream.range(0, whole.length)
          .map(layer -> layer >= first && layer < first + period ? 0 : whole[layer] / 2)
          .toArray();
    }

    @Override
    public String toString() {
      return "e2b";
    }
  }

  /**
   * A width for each layer.
   *
   * @param each one for all layers, or as many as there are
   */
  record Widths(int[] each) implements ModelSlice {
    private static final Pattern RUN = Pattern.compile("(\\d{1,7})(?:x(\\d{1,4}))?");

    private static Widths parse(String text) {
      return new Widths(
          Arrays.stream(text.split(",", -1))
              .map(String::strip)
              .flatMapToInt(run -> parseRun(text, run))
              .toArray());
    }

    private static IntStream parseRun(String text, String run) {
      Matcher matcher = RUN.matcher(run);
      if (!matcher.matches()) {
        throw new ModelException(
            "a slice is e2b, or widths of layers like 8192 or 8192x20,0x5,16384x10, found \"%s\" in \"%s\""
                .formatted(run, text));
      }
      String count = matcher.group(2);
      int width = Integer.parseInt(matcher.group(1));
      return IntStream.range(0, count == null ? 1 : Integer.parseInt(count)).map(i -> width);
    }

    @Override
    public int[] widths(int[] whole, int sharing, int period) {
      if (each.length != 1 && each.length != whole.length) {
        throw new ModelException(
            "the slice %s: expected one width, or one for each of the %d layers, found %d"
                .formatted(this, whole.length, each.length));
      }
      int[] widths = new int[whole.length];
      for (int layer = 0; layer < widths.length; layer++) {
        widths[layer] = each[each.length == 1 ? 0 : layer];
        if (widths[layer] > whole[layer]) {
          throw new ModelException(
              "the slice %s: layer %d is %d wide, found %d. Take no more than there is"
                  .formatted(this, layer, whole[layer], widths[layer]));
        }
      }
      if (Arrays.stream(widths).allMatch(width -> width == 0)) {
        throw new ModelException("the slice %s leaves no layer".formatted(this));
      }
      return widths;
    }

    @Override
    public String toString() {
      return Arrays.stream(each).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }
  }
}
