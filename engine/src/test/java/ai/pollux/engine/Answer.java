package ai.pollux.engine;

import ai.pollux.engine.sample.TokenLogprob;
import java.util.ArrayList;
import java.util.List;

/** All that a candidate gave. */
record Answer(
    List<Integer> tokens,
    List<Double> logprobs,
    List<List<TokenLogprob>> alternatives,
    Event.Finished end) {

  /** The only candidate's answer. */
  static Answer of(Generation generation) throws InterruptedException {
    return all(generation).getFirst();
  }

  /** Those of all candidates. */
  static List<Answer> all(Generation generation) throws InterruptedException {
    List<List<Event.Sampled>> sampled = new ArrayList<>();
    List<Event.Finished> ends = new ArrayList<>();
    for (int i = 0; i < generation.request().candidates(); i++) {
      sampled.add(new ArrayList<>());
    }
    while (generation.hasNext()) {
      switch (generation.next()) {
        case Event.Sampled event -> sampled.get(event.candidate()).add(event);
        case Event.Finished event -> ends.add(event);
        case Event.Failed event -> throw new AssertionError(event.message(), event.cause());
      }
    }
    return ends.stream()
        .sorted((a, b) -> Integer.compare(a.candidate(), b.candidate()))
        .map(end -> of(sampled.get(end.candidate()), end))
        .toList();
  }

  private static Answer of(List<Event.Sampled> events, Event.Finished end) {
    return new Answer(
        events.stream().map(Event.Sampled::token).toList(),
        events.stream().map(Event.Sampled::logprob).toList(),
        events.stream().map(Event.Sampled::alternatives).toList(),
        end);
  }
}
