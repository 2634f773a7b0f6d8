package ai.pollux.train.data.world.text;

import ai.pollux.content.Json;
import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Exchange;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.Wording;
import ai.pollux.train.data.world.Wordlist;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A sentence, and its facts as JSON under a schema that the prompt gives. */
final class Extraction implements Task {
  /** A sentence with what is in it. */
  private record Report(String text, Map<String, Json> facts) {}

  @Override
  public String name() {
    return "text.json";
  }

  @Override
  public Problem pose(Draw draw) {
    Report report = draw.fresh(() -> report(draw), Report::text);
    List<String> names = new ArrayList<>(report.facts.keySet());
    List<String> asked = draw.chance(0.6) ? names : draw.some(names, draw.between(1, names.size()));
    Map<String, Json> facts = new LinkedHashMap<>();
    asked.forEach(name -> facts.put(name, report.facts.get(name)));
    String question = ask(draw, asked, report);
    boolean inSystem = draw.chance(0.2);
    String system = inSystem ? question : "";
    String prompt =
        inSystem
            ? report.text
            : draw.of(question + "\n" + report.text, report.text + "\n" + question);
    return new Problem(
        name(),
        system,
        List.of(),
        List.of(Exchange.of(prompt, new Answer.Structured(new Json.Obj(facts)))));
  }

  private static String ask(Draw draw, List<String> asked, Report report) {
    String list = String.join(", ", asked);
    return switch (draw.below(5)) {
      case 0 -> "Extract " + list + " as JSON.";
      case 1 -> "Give a JSON object with the keys " + list + ".";
      case 2 -> "Answer as JSON under this schema: " + schema(asked, report);
      case 3 -> "JSON schema: " + schema(asked, report);
      default ->
          "Fill in: {"
              + asked.stream().map(name -> '"' + name + "\":").collect(Collectors.joining(","))
              + "}";
    };
  }

  private static Json schema(List<String> asked, Report report) {
    Map<String, Json> properties = new LinkedHashMap<>();
    for (String name : asked) {
      String type = report.facts.get(name) instanceof Json.Int ? "integer" : "string";
      properties.put(name, Json.object("type", Json.of(type)));
    }
    return Json.object(
        "type",
        Json.of("object"),
        "properties",
        new Json.Obj(properties),
        "required",
        Json.strings(asked));
  }

  private static Report report(Draw draw) {
    String who = draw.one(Wordlist.NAMES);
    String city = draw.one(Wordlist.CITIES);
    int number = draw.between(2, 99);
    return switch (draw.below(6)) {
      case 0 ->
          of(
              draw.of(
                      "%s is %d years old and lives in %s.",
                      "%3$s: %1$s, aged %2$d.", "I am %s, %d, from %s.")
                  .formatted(who, number, city),
              "name",
              who,
              "age",
              number,
              "city",
              city);
      case 1 -> {
        String thing = draw.one(Wordlist.THINGS);
        int price = draw.between(1, 50);
        yield of(
            draw.of(
                    "%s orders %d %s at %d dollars each.",
                    "Order from %1$s: %2$d %3$s, %4$d dollars each.")
                .formatted(who, number, Wording.plural(thing), price),
            "customer",
            who,
            "item",
            thing,
            "quantity",
            number,
            "price",
            price);
      }
      case 2 -> {
        String day = draw.one(Wordlist.DAYS);
        String time = "%d:%02d".formatted(draw.between(8, 18), draw.of(0, 15, 30, 45));
        yield of(
            draw.of(
                    "%s meets us on %s at %s in %s.",
                    "Meeting with %s, %s, %s, %s.", "On %2$s at %3$s we see %1$s in %4$s.")
                .formatted(who, day, time, city),
            "person",
            who,
            "day",
            day,
            "time",
            time,
            "place",
            city);
      }
      case 3 -> {
        String animal = draw.one(Wordlist.ANIMALS);
        String pet = draw.until(() -> draw.one(Wordlist.NAMES), name -> !name.equals(who), 100);
        yield of(
            draw.of("%s has a pet %s called %s.", "The %2$s of %1$s is named %3$s.")
                .formatted(who, animal, pet),
            "owner",
            who,
            "animal",
            animal,
            "pet",
            pet);
      }
      case 4 -> {
        String other = draw.until(() -> draw.one(Wordlist.CITIES), name -> !name.equals(city), 100);
        yield of(
            draw.of("Train %2$d goes from %1$s to %3$s.", "From %s take train %d to %s.")
                .formatted(city, number, other),
            "train",
            number,
            "from",
            city,
            "to",
            other);
      }
      default -> {
        String month = draw.one(Wordlist.MONTHS);
        int day = draw.between(1, 28);
        yield of(
            draw.of("%s was born on %s %d.", "The birthday of %s is %s %d.")
                .formatted(who, month, day),
            "name",
            who,
            "month",
            month,
            "day",
            day);
      }
    };
  }

  private static Report of(String text, Object... facts) {
    Map<String, Json> all = new LinkedHashMap<>();
    for (int i = 0; i < facts.length; i += 2) {
      Json value =
          facts[i + 1] instanceof Integer number
              ? Json.of(number.longValue())
              : Json.of(facts[i + 1].toString());
      all.put((String) facts[i], value);
    }
    return new Report(text, all);
  }
}
