package ai.pollux.junit;

import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.ApiException.Status;
import ai.pollux.server.http.Interceptor.Pace;
import ai.pollux.server.http.Interceptor.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happens to some requests, while a test says it. Immutable. How often, how late and how
 * slowly comes first; then one of {@link #answers}, {@link #answersJson}, {@link #calls}, {@link
 * #replies}, {@link #blocksPrompt}, {@link #stopsForSafety}, {@link #tooManyRequests}, {@link
 * #unavailable}, {@link #fails} or {@link #lets} puts it in force.
 */
public final class Script {
  private final Predicate<RecordedRequest> isMeant;
  private final Tokenizer tokenizer;
  private final Consumer<Rule> rules;
  private final int times;
  private final Duration silence;
  private final Pace pace;

  private Script(
      Predicate<RecordedRequest> isMeant,
      Tokenizer tokenizer,
      Consumer<Rule> rules,
      int times,
      Duration silence,
      Pace pace) {
    this.isMeant = isMeant;
    this.tokenizer = tokenizer;
    this.rules = rules;
    this.times = times;
    this.silence = silence;
    this.pace = pace;
  }

  static Script of(Predicate<RecordedRequest> isMeant, Tokenizer tokenizer, Consumer<Rule> rules) {
    return new Script(isMeant, tokenizer, rules, Integer.MAX_VALUE, Duration.ZERO, Pace.UNCHANGED);
  }

  /** So often; then requests go on to what was scripted later, or to the model. */
  public Script times(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("times: expected at least 1, found " + count);
    }
    return new Script(isMeant, tokenizer, rules, count, silence, pace);
  }

  /** After a silence: not a byte comes before. */
  public Script after(Duration wait) {
    return new Script(isMeant, tokenizer, rules, times, wait, pace);
  }

  /** With so much time between two messages of a stream. */
  public Script slowly(Duration between) {
    return new Script(
        isMeant, tokenizer, rules, times, silence, new Pace(between, pace.cutAfter()));
  }

  /**
   * With a connection that ends after so many messages of a stream; after 0 before anything came,
   * also where there is no stream.
   */
  public Script cutAfter(int messages) {
    return new Script(
        isMeant,
        tokenizer,
        rules,
        times,
        silence,
        new Pace(pace.between(), OptionalInt.of(messages)));
  }

  /** The model answers, as late, as slowly and as far as was said. */
  public void lets() {
    put((_, leaving) -> new Verdict.Pass(leaving));
  }

  /** This text, word by word where it is streamed. */
  public void answers(String text) {
    say(request -> messages(request).text(text));
  }

  /** A value as JSON text: a record, a map, a list. */
  public void answersJson(Object value) {
    answers(JsonMapper.shared().writeValueAsString(value));
  }

  /** A call of a function. */
  public void calls(String name, Map<String, ?> arguments) {
    say(request -> messages(request).call(name, arguments));
  }

  /** A message as it stands: JSON, one for each message of a stream. */
  public void replies(String... json) {
    List<String> messages = Arrays.asList(json);
    messages.forEach(message -> JsonMapper.shared().readTree(message));
    say(_ -> messages);
  }

  /** No answer: the prompt is blocked for safety. */
  public void blocksPrompt() {
    say(request -> messages(request).blocked());
  }

  /** This much of an answer, which is then stopped for safety. May be empty. */
  public void stopsForSafety(String text) {
    say(request -> messages(request).stopped(text));
  }

  /** 429, with the time after which to try again, in {@code RetryInfo}. */
  public void tooManyRequests(Duration retryAfter) {
    String delay = "%d.%03ds".formatted(retryAfter.toSeconds(), retryAfter.toMillisPart());
    fails(
        new ApiException(
            Status.RESOURCE_EXHAUSTED,
            "You exceeded your current quota. Please retry in " + delay + ".",
            List.of(
                Map.of(
                    "@type",
                    "type.googleapis.com/google.rpc.QuotaFailure",
                    "violations",
                    List.of(
                        Map.of(
                            "quotaMetric",
                            "generativelanguage.googleapis.com/generate_content_requests",
                            "quotaId",
                            "GenerateRequestsPerMinutePerProjectPerModel",
                            "quotaValue",
                            "1"))),
                Map.of("@type", "type.googleapis.com/google.rpc.RetryInfo", "retryDelay", delay))));
  }

  /** 503: the model is overloaded. */
  public void unavailable() {
    fails(new ApiException(Status.UNAVAILABLE, "The model is overloaded. Please try again later."));
  }

  /** Any error of the API. */
  public void fails(ApiException error) {
    put((_, _) -> new Verdict.Refuse(error));
  }

  private Messages messages(RecordedRequest request) {
    return new Messages(tokenizer, request);
  }

  private void say(Function<RecordedRequest, List<String>> messages) {
    put((request, leaving) -> new Verdict.Say(messages.apply(request), leaving));
  }

  private void put(BiFunction<RecordedRequest, Pace, Verdict> outcome) {
    rules.accept(new Rule(isMeant, new AtomicInteger(times), silence, pace, outcome));
  }
}
