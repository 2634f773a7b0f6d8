package ai.pollux.content.template.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Json;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JinjaTemplateTest {
  private static final Json.Obj DATA =
      (Json.Obj)
          Json.parse(
              """
              {"s": " Hello World ", "n": null, "t": true, "i": 3, "x": 1.5,
               "list": [3, 1, 2], "map": {"b": 1, "A": [true, null, "q'"]},
               "people": [{"name": "Ann", "age": 3}, {"name": "bob", "age": null}]}
              """);

  /** What Jinja 3.1 prints for the same source and data, under the settings of transformers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      textBlock =
          """
          {{ n }}{{ t }}{{ i }}{{ x }} § NoneTrue31.5
          {{ map }} § {'b': 1, 'A': [True, None, "q'"]}
          {{ s.strip().split(' ')[-1] }} § World
          {{ s[1:6] ~ list[::-1] ~ list[:1] ~ s[-2] }} § Hello[2, 1, 3][3]d
          {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 / 2 }} {{ -7 % 3 }} § 3 -4 3.5 2
          {{ 2 ** 10 }} {{ 1 + 2 * 3 }} {{ 'a' ~ 1 ~ 2 }} § 1024 7 a12
          {{ 1 < 2 < 3 }} {{ 1 == 1.0 }} {{ 'b' in map }} § True True True
          {{ nobody }}{{ map.nobody }}{{ nobody is defined }} § False
          {{ (n or 'x') }} {{ t and i }} {{ not n }} § x 3 True
          {{ 'a' if n }}{{ 'b' if t else 'c' }} § b
          {{ map.get('z', 4) }} {{ map.get('z') }} § 4 None
          {{ people | map(attribute='name') | join(', ') }} § Ann, bob
          {{ people | selectattr('age') | list | length }} § 1
          {{ people | rejectattr('age', 'none') | first }} § {'name': 'Ann', 'age': 3}
          {{ list | sort }} {{ list | max }} {{ list | sum }} § [1, 2, 3] 3 6
          {{ map | dictsort | list }} § [['A', [True, None, "q'"]], ['b', 1]]
          {{ s is string }} {{ i is number }} {{ map is mapping }} § True True True
          {{ list is sequence }} {{ n is none }} {{ x is float }} § True True True
          {{ s is not none and i is not string }} § True
          {{ i is odd }} {{ i is divisibleby 3 }} {{ i is eq 3 }} § True True True
          {{ s | trim | upper | replace('L', '1') }} § HE11O WOR1D
          {{ nobody | default('d') }} {{ n | default('d', true) }} § d d
          {{ map | tojson }} § {"b": 1, "A": [true, null, "q'"]}
          {{ 'x'.startswith('x') }} {{ 'ab'.replace('a', '') }} § True b
          {{ [1, 2] + [3] }} {{ {'a': 1}.items() | list }} § [1, 2, 3] [['a', 1]]
          {{ range(3) | list }} {{ range(4, 0, -2) | list }} § [0, 1, 2] [4, 2]
          {% for k, v in map.items() %}{{ k }}{{ loop.index }}{{ '' if loop.last else '-' }}{% endfor %} § b1-A2
          {% for i in list if i > 1 %}{{ i }}{% else %}none{% endfor %} § 32
          {% for i in [] %}{{ i }}{% else %}none{% endfor %} § none
          {% for i in list %}{% if i == 1 %}{% continue %}{% endif %}{{ i }}{% if i == 2 %}{% break %}{% endif %}{% endfor %} § 32
          {% set ns = namespace(a=1) %}{% for i in list %}{% set ns.a = ns.a + i %}{% endfor %}{{ ns.a }} § 7
          {% set a = 1 %}{% for i in list %}{% set a = 9 %}{% endfor %}{{ a }} § 1
          {% macro m(a, b='z') %}<{{ a }}{{ b }}>{% endmacro %}{{ m(1) }}{{ m(b=2, a=3) }} § <1z><32>
          {% set w %}x{{ i }}{% endset %}{{ w }} § x3
          {% generation %}g{% endgeneration %} § g
          {% set a, b = 1, 2 %}{{ a + b }}{# gone #} § 3
          """)
  void printsWhatJinjaPrints(String source, String text) {
    assertThat(render(source)).isEqualTo(text);
  }

  @Test
  void whiteSpaceGoesAsInTransformers() {
    assertThat(render("a\n  {% if t %}\nb\n  {% endif %}\n c {{- 1 -}}  \n d\n"))
        .isEqualTo("a\nb\n c1d");
    assertThat(render("a \n {%- if t -%} \n b {%- endif %}\n")).isEqualTo("ab");
    assertThat(render("  {%+ if t %}x{% endif +%}\ny")).isEqualTo("  x\ny");
  }

  @Test
  void jsonMayBeIndented() {
    assertThat(render("{{ {'a': [1], 'b': {}} | tojson(indent=2) }}"))
        .isEqualTo("{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      textBlock =
          """
          {% if t %} § line 1: expected {% endif %}
          {% endfor %} § line 1: expected no {% endfor %} here
          {{ 1 + § line 1: this tag never ends
          {{ ) }} § line 1: expected an expression, found )
          {{ 'a }} § line 1: this string never ends
          {# a § line 1: this comment never ends
          {% include 'x' %} § line 1: unknown statement 'include'
          {{ s | nosuch }} § line 1: no filter named 'nosuch'
          {{ s is nosuch }} § line 1: no test named 'nosuch'
          {{ nobody.name }} § line 1: 'nobody' is undefined; it has no element name
          {{ nobody() }} § line 1: not a function: 'nobody', which is undefined
          {{ 1 + 'a' }} § line 1: '+' does not take int and str
          {{ 1 // 0 }} § line 1: 1 // 0: / by zero
          {{ raise_exception('no') }} § line 1: no
          {% break %} § line 1: break and continue stand inside a for
          """)
  void aBrokenTemplateSaysWhereAndWhat(String source, String message) {
    assertThatThrownBy(() -> render(source))
        .isInstanceOf(JinjaException.class)
        .hasMessageContaining(message);
  }

  /** Each ends within seconds in a message; none exhausts the heap or the stack. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(1000000) %}{% for b in range(1000000) %}{% endfor %}{% endfor %}",
        "{{ range(10 ** 15) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set n = namespace(s='x') %}{% for i in range(99) %}{% set n.s = n.s + n.s %}{% endfor %}",
        "{% set n = namespace(l=[1]) %}{% for i in range(99) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l }}",
        "{% set n = namespace(l=[1]) %}{% for i in range(99) %}{% set n.l = n.l + n.l %}{% endfor %}",
        "{{ 'x' * 10 ** 12 }}",
        "{{ ('x' * 10000).replace('x', 'y' * 100000) }}",
        "{{ ['x' * 1000000] * 3 }}",
        "{{ 9 ** 9 ** 9 }}"
      })
  void aHostileTemplateIsStopped(String source) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThatThrownBy(() -> render(source)).isInstanceOf(JinjaException.class));
  }

  @Test
  void hostileNestingIsRefusedAsItIsRead() {
    for (String open :
        new String[] {
          "{{ " + "(".repeat(50_000) + ")".repeat(50_000) + " }}",
          "{% if t %}".repeat(50_000),
          "{{ " + "not ".repeat(50_000) + "1 }}",
          "{{ " + "- ".repeat(50_000) + "1 }}"
        }) {
      assertThatThrownBy(() -> render(open))
          .isInstanceOf(JinjaException.class)
          .hasMessageContaining("nested deeper than 100 levels");
    }
    assertThatThrownBy(() -> render("{{ 1" + " + 1".repeat(50_000) + " }}"))
        .isInstanceOf(JinjaException.class)
        .hasMessageContaining("deeper than 400 levels");
  }

  @Test
  void theLimitsAreNamedInTheMessage() {
    JinjaLimits few = new JinjaLimits(100, 10, 50);
    assertThatThrownBy(() ->
            JinjaTemplate.of("{% for i in range(99) %}{{ i }}{% endfor %}", few, Clock.systemUTC())
                .render(DATA))
        .hasMessage("line 1: the template took more than 100 steps: it is taken to hang");
    assertThatThrownBy(() -> JinjaTemplate.of("more than ten", few, Clock.systemUTC()).render(DATA))
        .hasMessage("line 1: the template made more than 10 characters of text");
  }

  private static String render(String source) {
    return JinjaTemplate.of(source, JinjaLimits.DEFAULT, Clock.systemUTC()).render(DATA);
  }
}
