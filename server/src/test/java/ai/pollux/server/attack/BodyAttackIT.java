package ai.pollux.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON, schemas and patterns that are made to be expensive. */
final class BodyAttackIT {
  /** Far more than any takes alone; what hangs, or takes exponential time, does not pass. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static final String CONTENTS = "\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]";

  private static RunningServer server;
  private static Target target;

  @BeforeAll
  static void start() {
    server = RunningServer.stories();
    target = new Target(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Arguments json(String name, int status, String body) {
    return Arguments.of(name, status, body);
  }

  private static Arguments config(String name, int status, String config) {
    return json(
        name,
        status,
        "{%s,\"generationConfig\":{\"maxOutputTokens\":60,%s}}".formatted(CONTENTS, config));
  }

  private static Arguments schema(String name, int status, String schema) {
    return config(
        name, status, "\"responseMimeType\":\"application/json\",\"responseJsonSchema\":" + schema);
  }

  private static Arguments pattern(String name, int status, String pattern) {
    return schema(name, status, "{\"type\":\"string\",\"pattern\":\"" + pattern + "\"}");
  }

  private static String many(int count, String separator, String each) {
    return IntStream.range(0, count)
        .mapToObj(i -> each.replace("#", Integer.toString(i)))
        .collect(Collectors.joining(separator));
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        json("100,000 arrays deep", 400, "{\"contents\":" + "[".repeat(100_000)),
        json("100,000 objects deep", 400, "{\"a\":".repeat(100_000)),
        json(
            "600 objects deep in what is passed on",
            400,
            "{\"contents\":[{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":"
                + "{\"a\":".repeat(600)
                + "1"
                + "}".repeat(600)
                + "}}]}]}"),
        json("a name twice", 400, "{%s,%s}".formatted(CONTENTS, CONTENTS)),
        json(
            "a number of 100,000 digits",
            400,
            "{%s,\"x\":%s}".formatted(CONTENTS, "9".repeat(100_000))),
        json("a name of 200,000 letters", 400, "{\"" + "a".repeat(200_000) + "\":1}"),
        config("a huge exponent", 400, "\"temperature\":1e999999999"),
        config("a huge exponent for a whole number", 400, "\"topK\":1e999999999"),
        config("a huge exponent for a long", 400, "\"seed\":1e999999999"),
        json(
            "bytes that are no UTF-8",
            400,
            "{\"contents\":[{\"parts\":[{\"text\":\"\u00ff\u00fe\"}]}]}"),
        json("two values", 400, "{%s} {}".formatted(CONTENTS)),
        json("a list for the whole", 400, "[1,2]"),
        json("null for the whole", 400, "null"),
        json("a text for the whole", 400, "\"contents\""),
        json("a number for contents", 400, "{\"contents\":5}"),
        json("a map for text", 400, "{\"contents\":[{\"parts\":[{\"text\":{}}]}]}"),
        json("true for parts", 400, "{\"contents\":[{\"parts\":true}]}"),
        json(
            "a list for the configuration",
            400,
            "{%s,\"generationConfig\":[5]}".formatted(CONTENTS)),
        json("text for tools", 400, "{%s,\"tools\":\"all\"}".formatted(CONTENTS)),
        json(
            "a map for the name of a function",
            400,
            "{%s,\"tools\":[{\"functionDeclarations\":[{\"name\":{}}]}]}".formatted(CONTENTS)),
        json(
            "a path for the name of a function",
            400,
            "{%s,\"tools\":[{\"functionDeclarations\":[{\"name\":\"../f\"}]}]}"
                .formatted(CONTENTS)),
        json(
            "100,000 parts",
            400,
            "{\"contents\":[{\"parts\":[%s]}]}".formatted(many(100_000, ",", "{\"text\":\"a\"}"))),
        json(
            "4 million letters",
            400,
            "{\"contents\":[{\"parts\":[{\"text\":\"%s\"}]}]}".formatted("a".repeat(4_000_000))),
        config(
            "a million stop sequences",
            400,
            "\"stopSequences\":[%s]".formatted(many(1_000_000, ",", "\"a\""))),
        config("a billion candidates", 400, "\"candidateCount\":1000000000"),
        json(
            "half a character",
            200,
            "{\"contents\":[{\"parts\":[{\"text\":\"\\ud800\"}]}],\"generationConfig\":{\"maxOutputTokens\":2}}"),
        json(
            "a NUL and a text that turns around",
            200,
            "{\"contents\":[{\"parts\":[{\"text\":\"a\\u0000\\u202e\\ufeff\"}]}],\"generationConfig\":{\"maxOutputTokens\":2}}"));
  }

  static Stream<Arguments> schemas() {
    return Stream.of(
        schema(
            "200 arrays deep",
            400,
            "{\"type\":\"array\",\"items\":".repeat(200)
                + "{\"type\":\"string\"}"
                + "}".repeat(200)),
        schema("twice as large at each of 14 depths", 400, doubled(14)),
        schema("itself", 400, "{\"$ref\":\"#\"}"),
        schema(
            "in a circle",
            400,
            "{\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\"}},\"$ref\":\"#/$defs/a\"}"),
        schema(
            "itself as a member that must be there",
            400,
            "{\"$defs\":{\"a\":{\"type\":\"object\",\"properties\":{\"x\":{\"$ref\":\"#/$defs/a\"}},\"required\":[\"x\"]}},\"$ref\":\"#/$defs/a\"}"),
        schema("a schema elsewhere", 400, "{\"$ref\":\"http://127.0.0.1:1/schema.json\"}"),
        schema("a file for a schema", 400, "{\"$ref\":\"file:///etc/passwd\"}"),
        schema("2^39 strings", 400, laughs(40)),
        schema(
            "a billion items at least",
            400,
            "{\"type\":\"array\",\"minItems\":1000000000,\"items\":{\"type\":\"string\"}}"),
        schema(
            "a count of 30 digits",
            400,
            "{\"type\":\"array\",\"minItems\":"
                + "9".repeat(30)
                + ",\"items\":{\"type\":\"string\"}}"),
        schema(
            "a negative count",
            400,
            "{\"type\":\"array\",\"minItems\":-1,\"items\":{\"type\":\"string\"}}"),
        schema(
            "a string of 2 billion letters at most",
            200,
            "{\"type\":\"string\",\"maxLength\":2000000000}"),
        schema(
            "4,000 properties",
            400,
            "{\"type\":\"object\",\"properties\":{%s}}"
                .formatted(many(4000, ",", "\"p#\":{\"type\":\"string\"}"))),
        schema(
            "an enum of 100,000", 400, "{\"enum\":[%s]}".formatted(many(100_000, ",", "\"v#\""))),
        schema(
            "an enum of a million letters",
            400,
            "{\"enum\":[\"%s\"]}".formatted("v".repeat(1_000_000))),
        schema(
            "bounds of 300 decimals",
            400,
            "{\"type\":\"number\",\"minimum\":1e-300,\"maximum\":1e300}"),
        schema("bounds without end", 400, "{\"type\":\"number\",\"minimum\":1e999}"),
        schema("a type that is none", 400, "{\"type\":\"file\"}"),
        schema("a list for a schema", 400, "[{\"type\":\"string\"}]"),
        pattern("nested repetitions", 200, "^(a+)+$"),
        pattern("repetitions nested six times", 200, "^((((((a*)*)*)*)*)*)*b$"),
        pattern("a billion of a letter", 400, "^a{1000000000}$"),
        pattern("100^4 of a letter", 400, "^((((a{100}){100}){100}){100})$"),
        pattern("2^20 states", 200, "^(.*a.{20})$"),
        pattern("20,000 parentheses", 400, "(".repeat(20_000)),
        pattern("5,000 parentheses", 400, "(".repeat(4900) + "a" + ")".repeat(4900)),
        pattern("looks behind itself", 400, "(?<=a)b"),
        pattern("means what it had", 400, "(a)\\\\1"),
        pattern("is not closed", 400, "((((("),
        pattern("a range that goes back", 400, "[z-a]"),
        pattern("a class of its own", 400, "\\\\p{L}{1,500}"));
  }

  /** An object of two members, each of which is such an object, and so on. */
  private static String doubled(int depth) {
    String schema = "{\"type\":\"string\"}";
    for (int i = 0; i < depth; i++) {
      schema = "{\"type\":\"object\",\"properties\":{\"a\":%s,\"b\":%s}}".formatted(schema, schema);
    }
    return schema;
  }

  /** A definition that asks for the one before it twice, and so on. */
  private static String laughs(int count) {
    return "{\"$defs\":{\"t0\":{\"type\":\"string\"},%s},\"$ref\":\"#/$defs/t%d\"}"
        .formatted(
            IntStream.range(1, count)
                .mapToObj(i ->
                    "\"t%d\":{\"type\":\"array\",\"minItems\":2,\"maxItems\":2,\"items\":{\"$ref\":\"#/$defs/t%d\"}}"
                        .formatted(i, i - 1))
                .collect(Collectors.joining(",")),
            count - 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"bodies", "schemas"})
  void isAnsweredSoon(String name, int status, String body) throws Exception {
    Instant begin = Instant.now();
    Target.Outcome outcome =
        target.post("/v1beta/models/gemini-pro:generateContent?prettyPrint=false", body);
    assertThat(outcome.statuses()).as(outcome.text()).containsExactly(status);
    assertThat(Duration.between(begin, Instant.now())).isLessThan(LONGEST);
    if (status == 400) {
      assertThat(outcome.text()).contains("INVALID_ARGUMENT").doesNotContain("Exception");
    }
    target.assertServes();
  }
}
