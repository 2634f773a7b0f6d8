package ai.pollux.model.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.GgufType;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.MetadataValue;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Settings SETTINGS = new Settings(Format.HUGGING_FACE, "config.json", some());

  @TempDir private Path folder;

  private static Map<String, Object> some() {
    Map<String, Object> values = new HashMap<>();
    values.put("size", 7);
    values.put("long", 1L << 40);
    values.put("half", 0.5);
    values.put("minus", -1);
    values.put("name", "silu");
    values.put("yes", true);
    values.put("none", null);
    values.put("list", List.of(1, 2, 3));
    values.put("nested", Map.of("inner", 5));
    values.put("rope.base", 10_000.0);
    return values;
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(SettingException.class).hasMessage(message);
  }

  @Test
  void valuesOfTheKindAskedForAreRead() {
    assertThat(SETTINGS.size("size")).isEqualTo(7);
    assertThat(SETTINGS.size("absent", 3)).isEqualTo(3);
    assertThat(SETTINGS.size("none", 4)).isEqualTo(4);
    assertThat(SETTINGS.positive("half")).isEqualTo(0.5);
    assertThat(SETTINGS.flag("yes", false)).isTrue();
    assertThat(SETTINGS.text("name")).isEqualTo("silu");
    assertThat(SETTINGS.sizes("list", 3)).containsExactly(1, 2, 3);
    assertThat(SETTINGS.sizes("size", 2)).containsExactly(7, 7);
    assertThat(SETTINGS.section("nested").size("inner")).isEqualTo(5);
    assertThat(SETTINGS.section("rope").positive("base")).isEqualTo(10_000);
  }

  @Test
  void numbersThatAreNoSizes() {
    String expected = ": expected a whole number from 1 to 16777216, found ";
    refused(() -> SETTINGS.size("absent"), "config.json: absent" + expected + "nothing");
    refused(() -> SETTINGS.size("half"), "config.json: half" + expected + "0.5");
    refused(() -> SETTINGS.size("minus"), "config.json: minus" + expected + "-1");
    refused(() -> SETTINGS.size("long"), "config.json: long" + expected + "1099511627776");
    refused(() -> SETTINGS.size("name"), "config.json: name" + expected + "\"silu\"");
  }

  @Test
  void numbersThatMustBePositive() {
    refused(
        () -> SETTINGS.positive("minus"),
        "config.json: minus: expected a number above 0, found -1");
  }

  @Test
  void listsOfAnotherLengthOrKind() {
    refused(
        () -> SETTINGS.sizes("list", 2),
        "config.json: list: expected one number, or a list of 2, one for each layer, found [1, 2,"
            + " 3]");
    refused(
        () -> SETTINGS.list("list", 3, String.class),
        "config.json: list: expected a list of 3 string values, found [1, 2, 3]");
  }

  @Test
  void textsFlagsAndGroups() {
    refused(() -> SETTINGS.text("size"), "config.json: size: expected a text, found 7");
    refused(
        () -> SETTINGS.flag("size", true), "config.json: size: expected true or false, found 7");
    refused(
        () -> SETTINGS.section("absent"),
        "config.json: absent: expected a group of settings, found nothing");
  }

  @Test
  void aSectionKnowsTheWhole() {
    assertThat(SETTINGS.whole()).isSameAs(SETTINGS);
    assertThat(SETTINGS.section("nested").whole().size("size")).isEqualTo(7);
    assertThat(SETTINGS.section("rope").whole()).isSameAs(SETTINGS);
  }

  @Test
  void ggufKeysOfOtherArchitecturesAreInTheWhole() {
    Path file = folder.resolve("tiny.gguf");
    List<MetadataValue> words =
        Stream.generate(() -> MetadataValue.text("a")).limit(9000).collect(Collectors.toList());
    words.set(8999, MetadataValue.text("b"));
    new GgufWriter()
        .put("gemma3.size", MetadataValue.uint32(7))
        .put("clip.vision.size", MetadataValue.uint32(8))
        .put("few", MetadataValue.array(GgufType.STRING, words.subList(8998, 9000)))
        .put("words", MetadataValue.array(GgufType.STRING, words))
        .write(file, GgufWriter.Progress.NONE);
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      Settings settings = Settings.ofGguf("tiny.gguf", checkpoint.metadata(), "gemma3");
      assertThat(settings.size("size")).isEqualTo(7);
      Settings whole = settings.whole();
      assertThat(whole.section("clip").section("vision").size("size")).isEqualTo(8);
      assertThat(whole.indicesOf("few", List.of("b"))).containsExactly(1);
      assertThat(whole.indicesOf("words", List.of("b", "c", "a"))).containsExactly(8999, 0);
      assertThat(whole.indicesOf("absent", List.of("b"))).isEmpty();
      refused(
          () -> whole.section("clip").section("vision").size("depth"),
          "tiny.gguf: clip.vision.depth: expected a whole number from 1 to 16777216, found"
              + " nothing");
      refused(
          () -> whole.size("words"),
          "tiny.gguf: words: expected a whole number from 1 to 16777216, found a list of 9000");
    }
  }

  @Test
  void theExceptionKnowsFileAndKey() {
    SettingException thrown =
        catchThrowableOfType(
            SettingException.class, () -> SETTINGS.section("nested").text("inner"));
    assertThat(thrown.file()).isEqualTo("config.json");
    assertThat(thrown.key()).isEqualTo("nested.inner");
  }
}
