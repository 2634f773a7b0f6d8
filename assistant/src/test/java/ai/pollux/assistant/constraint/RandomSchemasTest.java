package ai.pollux.assistant.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.assistant.constraint.RandomModel.Drawn;
import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.template.Gemma4OutputParser;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.engine.sample.TokenConstraint;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * Whatever a model would like to say, its answer is JSON of the schema, also where it has hardly
 * room. As many schemas as {@code -Dpollux.constraint.schemas} says, from number {@code
 * -Dpollux.constraint.first} on.
 */
final class RandomSchemasTest {
  private static final int SCHEMAS = Integer.getInteger("pollux.constraint.schemas", 300);

  private static final int FIRST = Integer.getInteger("pollux.constraint.first", 0);

  private final Tokenizer tokenizer = SmallTokenizer.open();
  private final RandomModel model = new RandomModel(tokenizer, SmallTokenizer.END_TOKENS);
  private final ShapeCompiler compiler =
      new ShapeCompiler(tokenizer, SmallTokenizer.END_TOKENS, tokenizer.vocabularySize());
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  @Test
  void everyAnswerKeepsToItsSchema() {
    for (int seed = FIRST; seed < FIRST + SCHEMAS; seed++) {
      Json.Obj schema = RandomSchemas.any(seed);
      TokenConstraint form = compiler.compile(new AnswerShape.Schema(schema, "schema"), false);
      Drawn drawn = draw(form, seed);
      assertValid(schema, drawn.text(), seed);
    }
  }

  @Test
  void argumentsOfEveryCallKeepToTheirSchema() {
    for (int seed = FIRST; seed < FIRST + SCHEMAS; seed++) {
      Json.Obj schema = RandomSchemas.object(1_000_000 + seed);
      ToolDeclaration tool = new ToolDeclaration("go.to_1", "", schema);
      TokenConstraint form = compiler.compile(new AnswerShape.Calls(List.of(tool), true), false);
      Drawn drawn = draw(form, seed);
      Gemma4OutputParser parser = new Gemma4OutputParser(() -> "id");
      List<Part> parts = parser.push(drawn.text());
      assertThat(parser.isMalformed()).as("seed %d: %s", seed, drawn.text()).isFalse();
      assertThat(parser.end()).as("seed %d: %s", seed, drawn.text()).isEmpty();
      assertThat(parts).isNotEmpty();
      for (Part part : parts) {
        Part.ToolCall call = (Part.ToolCall) part;
        assertThat(call.name()).isEqualTo("go.to_1");
        assertValid(schema, call.arguments().toString(), seed);
      }
    }
  }

  @Test
  void theJudgeSeesWhatIsWrong() {
    Json.Obj schema = Json.object("type", Json.of("integer"), "minimum", Json.of(3));
    assertThat(errors(schema, "3")).isEmpty();
    assertThat(errors(schema, "2")).isNotEmpty();
    assertThat(errors(schema, "\"3\"")).isNotEmpty();
  }

  /** At random with all the room it may want, with some, or with no more than it must have. */
  private Drawn draw(TokenConstraint form, int seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(~seed);
    int least = form.leastTokens();
    int room =
        switch (random.nextInt(3)) {
          case 0 -> least;
          case 1 -> least + random.nextInt(40);
          default -> least + 400;
        };
    Drawn drawn = model.answer(form, seed, room);
    assertThat(drawn.tokens()).isLessThanOrEqualTo(room);
    return drawn;
  }

  private void assertValid(Json.Obj schema, String text, int seed) {
    assertThat(errors(schema, text)).as("seed %d: %s for %s", seed, text, schema).isEmpty();
  }

  private List<?> errors(Json.Obj schema, String text) {
    return registry.getSchema(schema.toString(), InputFormat.JSON).validate(text, InputFormat.JSON);
  }
}
