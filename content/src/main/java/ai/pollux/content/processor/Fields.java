package ai.pollux.content.processor;

import ai.pollux.content.Json;
import ai.pollux.content.image.Resampling;
import java.util.ArrayList;
import java.util.List;

/**
 * Members of a JSON object, with what counts where they are absent or null.
 *
 * @param where names the object, for messages
 */
record Fields(Json.Obj object, String where) {
  int whole(String name, int otherwise) {
    return switch (object.member(name)) {
      case Json.Null _ -> otherwise;
      case Json.Int(long value) when value == (int) value -> (int) value;
      case Json other -> throw wrong(name, "a whole number", other);
    };
  }

  double number(String name, double otherwise) {
    return switch (object.member(name)) {
      case Json.Null _ -> otherwise;
      case Json.Int(long value) -> value;
      case Json.Real(double value) -> value;
      case Json other -> throw wrong(name, "a number", other);
    };
  }

  boolean flag(String name, boolean otherwise) {
    return switch (object.member(name)) {
      case Json.Null _ -> otherwise;
      case Json.Bool(boolean value) -> value;
      case Json other -> throw wrong(name, "true or false", other);
    };
  }

  List<Double> numbers(String name, List<Double> otherwise) {
    Json found = object.member(name);
    if (found instanceof Json.Null) {
      return otherwise;
    }
    if (!(found instanceof Json.Arr(List<Json> values))) {
      throw wrong(name, "a list of numbers", found);
    }
    List<Double> numbers = new ArrayList<>();
    for (Json value : values) {
      numbers.add(
          switch (value) {
            case Json.Int(long whole) -> (double) whole;
            case Json.Real(double real) -> real;
            case Json _ -> throw wrong(name, "a list of numbers", found);
          });
    }
    return numbers;
  }

  /** An object inside; empty where it is absent. */
  Fields inside(String name) {
    return switch (object.member(name)) {
      case Json.Null _ -> new Fields(Json.Obj.EMPTY, where + "." + name);
      case Json.Obj inner -> new Fields(inner, where + "." + name);
      case Json other -> throw wrong(name, "an object", other);
    };
  }

  /** {@code resample}, in Pillow's numbers. */
  Resampling resampling(Resampling otherwise) {
    int code = whole("resample", -1);
    return switch (code) {
      case -1 -> otherwise;
      case 2 -> Resampling.BILINEAR;
      case 3 -> Resampling.BICUBIC;
      default -> throw wrong("resample", "2 (bilinear) or 3 (bicubic)", Json.of((long) code));
    };
  }

  /** {@code rescale_factor}, {@code do_normalize}, {@code image_mean}, {@code image_std}. */
  Scaling scaling(Scaling otherwise) {
    require("do_rescale");
    require("do_resize");
    return new Scaling(
        number("rescale_factor", otherwise.rescale()),
        flag("do_normalize", otherwise.normalizes()),
        numbers("image_mean", otherwise.mean()),
        numbers("image_std", otherwise.std()));
  }

  private void require(String name) {
    if (!flag(name, true)) {
      throw wrong(name, "true", Json.of(false));
    }
  }

  private ProcessorException wrong(String name, String expected, Json found) {
    return new ProcessorException(
        "%s: expected %s to be %s, found %s. Check the checkpoint's files."
            .formatted(where, name, expected, found));
  }
}
