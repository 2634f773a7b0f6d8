package ai.pollux.bench;

import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.assistant.constraint.ShapeCompiler;
import ai.pollux.content.Json;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.engine.Engine;
import ai.pollux.engine.EngineOptions;
import ai.pollux.engine.Event;
import ai.pollux.engine.Generation;
import ai.pollux.engine.GenerationRequest;
import ai.pollux.engine.sample.Sampler;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.engine.sample.Scores;
import ai.pollux.engine.sample.TokenConstraint;
import ai.pollux.engine.sample.TokenGuide;
import ai.pollux.engine.sample.TokenMask;
import ai.pollux.model.LanguageModel;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.families.Models;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.tensor.simd.SimdBackend;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What it costs to hold answers to a form: the time to find the allowed tokens, and decoding with
 * and without, turn and turn about. The limit of the first is one pass over the vocabulary's bits
 * (32 KB for 262,144 pieces, some microseconds); of the second, free decoding. Tokens are compared
 * by their medians.
 *
 * <p>Usage: {@code ConstrainedDecoding TOKENIZER_JSON [MODEL.gguf ROUNDS]}
 */
public final class ConstrainedDecoding {
  private static final int ANSWER = 24;
  private static final int ROOM = 1_000_000;
  private static final Map<String, String> SCHEMAS = schemas();

  private ConstrainedDecoding() {}

  private static Map<String, String> schemas() {
    Map<String, String> schemas = new LinkedHashMap<>();
    schemas.put(
        "records",
        """
        {"type":"array","minItems":200,"items":{"type":"object","required":["name","age","born","tags"],"properties":{
         "name":{"type":"string","maxLength":24},"age":{"type":"integer","minimum":0,"maximum":130},
         "born":{"type":"string","format":"date"},"note":{"type":"string"},
         "tags":{"type":"array","maxItems":4,"items":{"enum":["red","green","blue","dark blue"]}}}}}
        """);
    schemas.put("a long string", "{\"type\":\"string\",\"minLength\":5000}");
    schemas.put(
        "a string of 5000 to 6000", "{\"type\":\"string\",\"minLength\":5000,\"maxLength\":6000}");
    schemas.put("any JSON", "{\"type\":\"array\",\"minItems\":2000}");
    schemas.put("a pattern", "{\"type\":\"string\",\"pattern\":\"^([A-Z][a-z]+ )*[A-Z]{400}$\"}");
    return schemas;
  }

  /** Measures masks, then decoding where a model is named. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length != 1 && args.length != 3) {
      System.err.println("usage: ConstrainedDecoding TOKENIZER_JSON [MODEL.gguf ROUNDS]");
      System.exit(2);
    }
    Tokenizer tokenizer = Tokenizers.fromTokenizerJson(Path.of(args[0]));
    Set<Integer> ends = Set.of(tokenizer.eos().orElse(1));
    ShapeCompiler compiler = new ShapeCompiler(tokenizer, ends, tokenizer.vocabularySize());
    long start = cpuNanos();
    compiler.compile(new AnswerShape.AnyJson(), false);
    System.out.printf(
        Locale.ROOT,
        "vocabulary of %d pieces read in %.0f ms%n",
        tokenizer.vocabularySize(),
        millis(start));
    for (Map.Entry<String, String> schema : SCHEMAS.entrySet()) {
      masks(compiler, tokenizer, ends, schema.getKey(), schema.getValue());
    }
    if (args.length == 3) {
      decode(compiler, Path.of(args[1]), Integer.parseInt(args[2]), ends);
    }
  }

  private static TokenConstraint compile(ShapeCompiler compiler, String schema) {
    return compiler.compile(new AnswerShape.Schema(Json.parse(schema), "schema"), false);
  }

  /** Along answers that are drawn at random: each state for the first time, then again. */
  private static void masks(
      ShapeCompiler compiler, Tokenizer tokenizer, Set<Integer> ends, String name, String schema) {
    long start = cpuNanos();
    TokenConstraint form = compile(compiler, schema);
    double compiled = millis(start);
    List<int[]> answers = new ArrayList<>();
    List<Double> cold = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      answers.add(draw(form, tokenizer, ends, seed, cold));
    }
    List<Double> warm = new ArrayList<>();
    for (int[] answer : answers) {
      TokenGuide guide = form.begin();
      for (int token : answer) {
        long before = cpuNanos();
        guide.allowed(ROOM);
        warm.add((cpuNanos() - before) / 1e3);
        guide.advance(token);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f ms | %.0f, %.0f, %.0f | %.2f, %.2f |%n",
        name,
        compiled,
        at(cold, 0.5),
        at(cold, 0.9),
        at(cold, 1),
        at(warm, 0.5),
        at(warm, 0.99));
  }

  private static int[] draw(
      TokenConstraint form, Tokenizer tokenizer, Set<Integer> ends, int seed, List<Double> cold) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Scores scores = new Scores(tokenizer.vocabularySize());
    Sampler sampler = new Sampler(Sampling.of(1), seed, 0);
    TokenGuide guide = form.begin();
    int[] answer = new int[256];
    for (int i = 0; i < answer.length; i++) {
      for (int id = 0; id < scores.values().length; id++) {
        scores.values()[id] = random.nextFloat();
      }
      long before = cpuNanos();
      TokenMask allowed = guide.allowed(ROOM);
      cold.add((cpuNanos() - before) / 1e3);
      answer[i] = sampler.next(scores, allowed);
      if (ends.contains(answer[i])) {
        return Arrays.copyOf(answer, i);
      }
      guide.advance(answer[i]);
    }
    return answer;
  }

  private static void decode(ShapeCompiler compiler, Path file, int rounds, Set<Integer> ends)
      throws InterruptedException {
    try (Backend backend = new SimdBackend(2);
        LanguageModel model = Models.load(Checkpoints.open(file), backend, Progress.NONE);
        Engine engine = new Engine(model, backend, options(model))) {
      GenerationRequest plain =
          GenerationRequest.of(2, 100, 200).withMaxTokens(ANSWER).withIgnoreStop(true);
      for (Map.Entry<String, String> schema : SCHEMAS.entrySet()) {
        List<Double> free = new ArrayList<>();
        List<Double> held = new ArrayList<>();
        for (int round = -1; round < rounds; round++) {
          TokenConstraint form = compile(compiler, schema.getValue());
          List<Double> withoutForm = gaps(engine, plain);
          List<Double> withForm =
              gaps(
                  engine,
                  plain.withIgnoreStop(false).withEndTokens(ends).withConstraint(new Roomy(form)));
          if (round >= 0) { // the first one is for the compiler
            free.addAll(withoutForm);
            held.addAll(withForm);
          }
        }
        System.out.printf(
            Locale.ROOT,
            "| %s | %.2f ms | %.2f ms | %.3f |%n",
            schema.getKey(),
            at(free, 0.5),
            at(held, 0.5),
            at(held, 0.5) / at(free, 0.5));
      }
    }
  }

  /** A form whose answers are cut off, so that all are of one length. */
  private record Roomy(TokenConstraint form) implements TokenConstraint {
    @Override
    public TokenGuide begin() {
      TokenGuide guide = form.begin();
      return new TokenGuide() {
        @Override
        public TokenMask allowed(int room) {
          return guide.allowed(ROOM);
        }

        @Override
        public void advance(int token) {
          guide.advance(token);
        }
      };
    }

    @Override
    public int leastTokens() {
      return 1;
    }
  }

  private static EngineOptions options(LanguageModel model) {
    return EngineOptions.of(model.info())
        .withContextLength(ANSWER + 8)
        .withCacheTokens(ANSWER + 8)
        .withCacheFormat(Formats.F16)
        .withPrefixReuse(false);
  }

  /** Milliseconds from each token to the next. */
  private static List<Double> gaps(Engine engine, GenerationRequest request)
      throws InterruptedException {
    List<Double> gaps = new ArrayList<>();
    try (Generation generation = engine.submit(request)) {
      long last = 0;
      while (generation.hasNext()) {
        switch (generation.next()) {
          case Event.Sampled _ -> {
            long now = System.nanoTime();
            if (last > 0) {
              gaps.add((now - last) / 1e6);
            }
            last = now;
          }
          case Event.Finished _ -> {}
          case Event.Failed failed -> throw new IllegalStateException(failed.message());
        }
      }
    }
    return gaps;
  }

  private static double at(List<Double> values, double share) {
    List<Double> inOrder = values.stream().sorted().toList();
    return inOrder.get((int) Math.min(inOrder.size() - 1L, Math.round(share * inOrder.size())));
  }

  /** This thread's own time: what else the machine does is not counted. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double millis(long sinceNanos) {
    return (cpuNanos() - sinceNanos) / 1e6;
  }
}
