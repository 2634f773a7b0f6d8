package ai.pollux.assistant.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Json;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.engine.sample.TokenConstraint;
import ai.pollux.engine.sample.TokenGuide;
import ai.pollux.engine.sample.TokenMask;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which texts a shape lets through, and what is said of shapes that cannot be kept to. */
@Timeout(60)
final class ShapesTest {
  private static final int ROOM = 1 << 20;

  private final Tokenizer tokenizer = SmallTokenizer.open();
  private final ShapeCompiler compiler =
      new ShapeCompiler(tokenizer, SmallTokenizer.END_TOKENS, tokenizer.vocabularySize());

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"OBJECT","properties":{"b":{"type":"INTEGER"},"a":{"type":"STRING"}},"required":["a"]} ~ {"b":1,"a":"x"} ~ {"a":"x","b":1}
          {"type":"OBJECT","properties":{"b":{"type":"INTEGER"},"a":{"type":"STRING"}},"required":["a"],"propertyOrdering":["a","b"]} ~ {"a": "x", "b": 1} ~ {"b":1,"a":"x"}
          {"type":"OBJECT","properties":{"b":{"type":"INTEGER"}}} ~ {} ~ {"c":1}
          {"type":"object","properties":{"b":{"type":"integer"}},"additionalProperties":{"type":"null"}} ~ {"b":1,"bb":null} ~ {"c":null,"b":1}
          {"type":"STRING","nullable":true} ~ null ~ nul
          {"type":"STRING","minLength":"2","maxLength":"3"} ~ "é\\u0041" ~ "é"
          {"type":"STRING"} ~ "a\\\\n" ~ "a\\q"
          {"type":"STRING"} ~ "\\ud7ff" ~ "\\ud800"
          {"type":"STRING","pattern":"^[a-c]+$","maxLength":3} ~ "abc" ~ "abca"
          {"type":"STRING","pattern":"b{2}"} ~ "xbby" ~ "xbxb"
          {"type":"STRING","format":"date"} ~ "2024-04-30" ~ "2024-04-31"
          {"type":"INTEGER","minimum":-12,"maximum":105} ~ -7 ~ 106
          {"type":"INTEGER","exclusiveMinimum":9} ~ 10 ~ 9
          {"type":"INTEGER"} ~ 0 ~ 01
          {"type":"NUMBER","minimum":0.25,"exclusiveMaximum":1.5} ~ 1.499 ~ 1.5
          {"type":"NUMBER","minimum":-0.5,"maximum":-0.25} ~ -0.3 ~ -0.2
          {"type":"ARRAY","items":{"type":"BOOLEAN"},"minItems":"1","maxItems":"2"} ~ [true, false] ~ []
          {"prefixItems":[{"type":"null"}],"items":{"type":"integer"}} ~ [null,1] ~ [1]
          {"anyOf":[{"type":"integer"},{"const":"x"}]} ~ "x" ~ "y"
          {"enum":["a","b",3]} ~ 3 ~ 4
          {"type":"string","enum":["a",3]} ~ "a" ~ 3
          {"$ref":"#/$defs/n","$defs":{"n":{"type":"object","properties":{"n":{"$ref":"#/$defs/n"}},"additionalProperties":false}}} ~ {"n":{"n":{}}} ~ {"n":1}
          {"$ref":"#x","$defs":{"n":{"$anchor":"x","type":"null"}}} ~ null ~ 1
          {} ~ {"a":[1,{"b":null}]} ~ {"a"}
          """)
  void aSchemaLetsThroughWhatKeepsToIt(String schema, String kept, String broken) {
    TokenConstraint form = compiler.compile(schema(schema), false);
    assertThat(accepts(form, kept)).as(kept).isTrue();
    assertThat(accepts(form, broken)).as(broken).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"ARRAY","uniqueItems":true} ~ schema.uniqueItems: this server cannot hold an answer to this keyword; leave it out.
          {"type":"OBJECT","properties":{"a":{"not":{}}}} ~ schema.properties.a.not: this server cannot
          {"type":"THING"} ~ schema.type: expected one of string, number, integer, boolean, array, object, null, found "THING"
          {"type":"STRING","minLength":-1} ~ schema.minLength: expected a whole number that is not negative, found -1
          {"type":"OBJECT","properties":{},"required":["a"]} ~ schema.required: "a" is not among the properties.
          {"type":"OBJECT","properties":{},"propertyOrdering":["a"]} ~ schema.propertyOrdering: "a" is not among the properties.
          {"$ref":"#/$defs/x"} ~ schema.$ref: expected a schema of this document, like #/$defs/NAME; found nothing at "#/$defs/x"
          {"$ref":"#"} ~ refers to itself with nothing in between
          {"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]} ~ No answer can keep to this schema
          {"type":"INTEGER","minimum":5,"maximum":4} ~ No answer can keep to this schema
          {"type":"INTEGER","minimum":1e30} ~ schema: expected bounds within 18 digits
          {"type":"NUMBER","minimum":1e-30} ~ schema: expected bounds of at most 20 decimals
          {"type":"STRING","enum":[1]} ~ schema.enum: expected at least one value of the type
          {"allOf":[{},{}]} ~ schema.allOf: expected one schema (join several into one)
          {"anyOf":[{}],"properties":{"a":{}}} ~ schema: this server cannot hold an answer to anyOf and properties at once
          {"type":"STRING","pattern":"a(?=b)"} ~ schema.pattern "a(?=b)": found a group that looks around
          {"type":"STRING","pattern":"(a)\\\\1"} ~ found \\1, which this server does not understand
          {"type":"STRING","pattern":"a{9"} ~ found no }
          {"type":"STRING","pattern":"a^"} ~ ^ is understood at the beginning of a pattern
          {"type":"STRING","pattern":"(a?){900}"} ~ repeats what may be empty up to 900 times
          {"type":"STRING","pattern":"ab","maxLength":9} ~ only where the pattern is one repeated character
          {"type":["STRING",3]} ~ schema.type: expected a name or a list of names
          """)
  void whatCannotBeKeptToIsRefusedWithItsPlace(String schema, String said) {
    assertThatThrownBy(() -> compiler.compile(schema(schema), false))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining(said);
  }

  @Test
  void bombsAreRefusedOrHarmless() {
    String deep = "{\"type\":\"array\",\"items\":".repeat(150) + "{}" + "}".repeat(150);
    assertThatThrownBy(() -> compiler.compile(schema(deep), false))
        .hasMessageContaining("nested at most 100 deep");
    String wide = "{\"anyOf\":[" + "{\"type\":\"null\"},".repeat(6000) + "{\"type\":\"null\"}]}";
    assertThatThrownBy(() -> compiler.compile(schema(wide), false))
        .hasMessageContaining("expected at most 5000 schemas");
    String heavy = "{\"enum\":[\"" + "x".repeat(NetworkBuilder.MOST_NODES) + "\"]}";
    assertThatThrownBy(() -> compiler.compile(schema(heavy), false))
        .hasMessageContaining("more than 200000 nodes");
    // Exponential as a table of states, and found state by state only as far as an answer goes.
    String states = "{\"type\":\"string\",\"pattern\":\"^(a|b)*a(a|b){200}$\"}";
    String text = "\"" + "ab".repeat(200) + "\"";
    assertThat(accepts(compiler.compile(schema(states), false), text)).isFalse();
    String nested =
        "{\"type\":\"string\",\"pattern\":\"^((((a{1,60}){1,60}){1,60}){1,60}){1,60}$\"}";
    assertThat(accepts(compiler.compile(schema(nested), false), "\"" + "a".repeat(70) + "\""))
        .isTrue();
  }

  @Test
  void nestingEndsSomewhere() {
    TokenConstraint form = compiler.compile(new AnswerShape.AnyJson(), false);
    assertThat(accepts(form, "[".repeat(30) + "]".repeat(30))).isTrue();
    assertThat(accepts(form, "[".repeat(5000) + "]".repeat(5000))).isFalse();
  }

  @Test
  void textsAndPatternsStandForThemselves() {
    TokenConstraint words = compiler.compile(new AnswerShape.OneOf(List.of("a", "a b")), false);
    assertThat(accepts(words, "a b")).isTrue();
    assertThat(accepts(words, "\"a\"")).isFalse();
    TokenConstraint pattern =
        compiler.compile(new AnswerShape.Pattern("[\\w-]+(é|\\u{1F600})?"), false);
    assertThat(accepts(pattern, "a-1é")).isTrue();
    assertThat(accepts(pattern, "a-1😀")).isTrue();
    assertThat(accepts(pattern, "é")).isFalse();
  }

  @Test
  void callsNeedFunctionsAndAModelThatHasAFormForThem() {
    ToolDeclaration tool = new ToolDeclaration("f", "", Json.Obj.EMPTY);
    assertThat(compiler.compile(new AnswerShape.Calls(List.of(tool), true), false).leastTokens())
        .isPositive();
    assertThatThrownBy(() -> compiler.compile(new AnswerShape.Calls(List.of(), true), false))
        .hasMessage("A function call is asked for, and no function is declared.");
    ToolDeclaration list = new ToolDeclaration("f", "", Json.object("type", Json.of("array")));
    assertThatThrownBy(() -> compiler.compile(new AnswerShape.Calls(List.of(list), true), false))
        .hasMessage("tools.f.parameters: expected a schema of type object, found \"array\"");
    ToolDeclaration bar =
        new ToolDeclaration(
            "f",
            "",
            Json.object(
                "type",
                Json.of("object"),
                "properties",
                Json.object("a", Json.object("const", Json.of("|>")))));
    assertThatThrownBy(() -> compiler.compile(new AnswerShape.Calls(List.of(bar), true), false))
        .hasMessageContaining("cannot write a bar and an angle together");
  }

  @Test
  void withLittleRoomOnlyTheShortestWaysAreLeft() {
    TokenConstraint form = compiler.compile(schema("{\"type\":\"string\"}"), false);
    TokenGuide guide = form.begin();
    assertThat(form.leastTokens()).isEqualTo(2);
    guide.allowed(2);
    guide.advance(tokenizer.id("<0x22>").getAsInt());
    TokenMask last = guide.allowed(1);
    assertThat(last.allows(tokenizer.id("\"").getAsInt())).isTrue();
    assertThat(last.allows(tokenizer.id("a").getAsInt())).isFalse();
    assertThat(guide.allowed(2).allows(tokenizer.id("a").getAsInt())).isTrue();
    assertThatThrownBy(() -> guide.advance(SmallTokenizer.END))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token 2 cannot come here");
  }

  private static AnswerShape schema(String json) {
    return new AnswerShape.Schema(Json.parse(json), "schema");
  }

  /** Byte by byte. */
  private boolean accepts(TokenConstraint form, String text) {
    TokenGuide guide = form.begin();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      int token = tokenizer.id("<0x%02X>".formatted(each & 0xFF)).getAsInt();
      if (!guide.allowed(ROOM).allows(token)) {
        return false;
      }
      guide.advance(token);
    }
    return guide.allowed(ROOM).allows(SmallTokenizer.END);
  }
}
