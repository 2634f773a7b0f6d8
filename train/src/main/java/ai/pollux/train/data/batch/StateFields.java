package ai.pollux.train.data.batch;

import ai.pollux.content.Json;
import ai.pollux.train.data.DataException;
import java.util.List;

/** Members of a saved state. */
record StateFields(Json.Obj object) {
  long number(String name) {
    if (object.member(name) instanceof Json.Int(long value) && value >= 0) {
      return value;
    }
    throw wrong(name, "a whole number");
  }

  String string(String name) {
    if (object.member(name) instanceof Json.Str(String value)) {
      return value;
    }
    throw wrong(name, "a string");
  }

  long[] numbers(String name) {
    if (object.member(name) instanceof Json.Arr(List<Json> values)
        && values.stream().allMatch(each -> each instanceof Json.Int(long value) && value >= 0)) {
      return values.stream().mapToLong(each -> ((Json.Int) each).value()).toArray();
    }
    throw wrong(name, "whole numbers");
  }

  StateFields inside(String name) {
    if (object.member(name) instanceof Json.Obj inner) {
      return new StateFields(inner);
    }
    throw wrong(name, "an object");
  }

  DataException wrong(String name, String expected) {
    return new DataException(
        "Saved state of the data, %s: expected %s, found %s. Take the state of another checkpoint."
            .formatted(name, expected, object.member(name)));
  }
}
