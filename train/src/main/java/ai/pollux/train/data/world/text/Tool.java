package ai.pollux.train.data.world.text;

import ai.pollux.content.Json;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Wording;
import ai.pollux.train.data.world.Wordlist;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A tool that may be declared, what people ask of it, and what it gives. */
record Tool(ToolDeclaration declaration, Function<Draw, Wish> wish) {
  static final List<Tool> ALL =
      List.of(
          tool(Tool::weather, "get_weather", "Current weather of a city", "city", "string"),
          tool(Tool::timer, "set_timer", "Starts a timer", "minutes", "integer"),
          tool(
              Tool::light,
              "set_light",
              "Turns the light of a room on or off",
              "room",
              "string",
              "on",
              "boolean"),
          tool(
              Tool::message,
              "send_message",
              "Sends a message to a person",
              "to",
              "string",
              "text",
              "string"),
          tool(Tool::time, "get_time", "The time in a city", "city", "string"),
          tool(Tool::add, "add_numbers", "Adds two numbers", "a", "integer", "b", "integer"),
          tool(Tool::song, "play_music", "Plays music of a kind", "kind", "string"),
          tool(Tool::price, "get_price", "The price of a thing in dollars", "item", "string"),
          tool(
              Tool::list,
              "add_to_list",
              "Puts things on the shopping list",
              "item",
              "string",
              "count",
              "integer"),
          tool(
              Tool::distance,
              "get_distance",
              "Kilometers between two cities",
              "from",
              "string",
              "to",
              "string"));

  /** Tools with so few arguments that a split may have none of them. */
  static final List<String> NARROW = List.of("play_music", "set_light");

  private static final List<String> ROOMS =
      List.of("kitchen", "garden", "hall", "office", "bedroom");
  private static final List<String> MUSIC = List.of("jazz", "rock", "folk", "piano", "dance");
  private static final List<String> WORDS =
      List.of("I am late", "see you soon", "good night", "come home", "call me", "thank you");

  private static Tool tool(
      Function<Draw, Wish> wish, String name, String description, String... parameters) {
    Map<String, Json> properties = new LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      properties.put(parameters[i], Json.object("type", Json.of(parameters[i + 1])));
    }
    Json.Obj schema =
        Json.object(
            "type", Json.of("object"),
            "properties", new Json.Obj(properties),
            "required", Json.strings(List.copyOf(properties.keySet())));
    return new Tool(new ToolDeclaration(name, description, schema), wish);
  }

  /**
   * What somebody wants of it.
   *
   * @param result what the tool gives
   * @param key the words of the result that an answer must have
   */
  record Wish(String request, Json.Obj arguments, Json.Obj result, String answer, String key) {}

  private static Wish weather(Draw draw) {
    String city = draw.one(Wordlist.CITIES);
    int degrees = draw.between(-9, 35);
    return new Wish(
        draw.of("What is the weather in %s?", "How warm is it in %s?", "Weather in %s, please.")
            .formatted(city),
        Json.object("city", Json.of(city)),
        Json.object("degrees", Json.of(degrees)),
        "It is %d degrees in %s.".formatted(degrees, city),
        String.valueOf(degrees));
  }

  private static Wish timer(Draw draw) {
    int minutes = draw.between(1, 90);
    String time = Wording.count(minutes, "minute");
    return new Wish(
        draw.of("Set a timer for %s.", "Wake me in %s.", "Start a timer of %s.").formatted(time),
        Json.object("minutes", Json.of(minutes)),
        Json.object("done", Json.of(true)),
        "The timer is set for %s.".formatted(time),
        time);
  }

  private static Wish light(Draw draw) {
    String room = draw.one(ROOMS);
    boolean on = draw.chance(0.5);
    String state = on ? "on" : "off";
    return new Wish(
        draw.of(
                "Turn the light in the %s %s.",
                "Switch the %s light %s.", "%2$s with the light in the %1$s!")
            .formatted(room, state),
        Json.object("room", Json.of(room), "on", Json.of(on)),
        Json.object("done", Json.of(true)),
        "The light in the %s is %s.".formatted(room, state),
        room);
  }

  private static Wish message(Draw draw) {
    String who = draw.one(Wordlist.NAMES);
    String text = draw.one(WORDS);
    return new Wish(
        draw.of("Tell %s: %s", "Send %s the message \"%s\".", "Write \"%2$s\" to %1$s.")
            .formatted(who, text),
        Json.object("to", Json.of(who), "text", Json.of(text)),
        Json.object("sent", Json.of(true)),
        "I sent your message to %s.".formatted(who),
        who);
  }

  private static Wish time(Draw draw) {
    String city = draw.one(Wordlist.CITIES);
    String time = "%d:%02d".formatted(draw.between(0, 23), draw.below(60));
    return new Wish(
        draw.of("What time is it in %s?", "Tell me the time in %s.").formatted(city),
        Json.object("city", Json.of(city)),
        Json.object("time", Json.of(time)),
        "It is %s in %s.".formatted(time, city),
        time);
  }

  private static Wish add(Draw draw) {
    int a = draw.between(1000, 99999);
    int b = draw.between(1000, 99999);
    return new Wish(
        draw.of("Add %d and %d.", "What is %d plus %d?").formatted(a, b),
        Json.object("a", Json.of(a), "b", Json.of(b)),
        Json.object("sum", Json.of(a + b)),
        "%d plus %d is %d.".formatted(a, b, a + b),
        String.valueOf(a + b));
  }

  private static Wish song(Draw draw) {
    String kind = draw.one(MUSIC);
    return new Wish(
        draw.of("Play some %s.", "I want to hear %s.", "Put on %s music.").formatted(kind),
        Json.object("kind", Json.of(kind)),
        Json.object("playing", Json.of(true)),
        "Now playing %s.".formatted(kind),
        kind);
  }

  private static Wish price(Draw draw) {
    String item = draw.one(Wordlist.THINGS);
    int dollars = draw.between(1, 200);
    return new Wish(
        draw.of("How much is a %s?", "What does a %s cost?", "Price of the %s?").formatted(item),
        Json.object("item", Json.of(item)),
        Json.object("price", Json.of(dollars)),
        "The %s costs %s.".formatted(item, Wording.count(dollars, "dollar")),
        String.valueOf(dollars));
  }

  private static Wish list(Draw draw) {
    String item = draw.until(() -> draw.one(Wordlist.FOODS), food -> !food.equals("bread"), 50);
    int count = draw.between(2, 20);
    String many = Wording.count(count, item);
    return new Wish(
        draw.of("Put %s on my list.", "We need %s.", "Add %s to the shopping list.")
            .formatted(many),
        Json.object("item", Json.of(item), "count", Json.of(count)),
        Json.object("done", Json.of(true)),
        "%s: they are on your list.".formatted(Wording.capital(many)),
        many);
  }

  private static Wish distance(Draw draw) {
    List<String> cities = draw.some(Wordlist.CITIES, 2);
    int km = draw.between(50, 9000);
    return new Wish(
        draw.of("How far is it from %s to %s?", "Distance from %s to %s?")
            .formatted(cities.get(0), cities.get(1)),
        Json.object("from", Json.of(cities.get(0)), "to", Json.of(cities.get(1))),
        Json.object("km", Json.of(km)),
        "It is %d km from %s to %s.".formatted(km, cities.get(0), cities.get(1)),
        String.valueOf(km));
  }
}
