package ai.pollux.server.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.Json;
import org.junit.jupiter.api.Test;

final class SchemaSpellingTest {
  @Test
  void keywordsAreSpelledInCamelCaseAtEveryDepth() {
    assertThat(
            camelCase(
                "{\"any_of\":[{\"type\":\"ARRAY\",\"min_items\":1,\"items\":{\"max_length\":\"3\"}}],\"property_ordering\":[\"a_b\"]}"))
        .isEqualTo(
            "{\"anyOf\":[{\"type\":\"ARRAY\",\"minItems\":1,\"items\":{\"maxLength\":\"3\"}}],\"propertyOrdering\":[\"a_b\"]}");
  }

  @Test
  void namesOfPropertiesAndValuesAreLeftAlone() {
    String schema =
        "{\"properties\":{\"max_items\":{\"type\":\"STRING\",\"enum\":[\"any_of\"]}},\"required\":[\"max_items\"],\"default\":{\"min_length\":1}}";
    assertThat(camelCase(schema)).isEqualTo(schema);
  }

  @Test
  void whatIsNoSchemaIsLeftToThoseWhoReadIt() {
    for (String json : new String[] {"true", "{\"properties\":[],\"any_of\":1}"}) {
      assertThat(camelCase(json)).isEqualTo(json.replace("any_of", "anyOf"));
    }
  }

  private static String camelCase(String json) {
    return SchemaSpelling.camelCase(Json.parse(json)).toString();
  }
}
