package ai.pollux.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Conversation;
import ai.pollux.content.template.TemplateOptions;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokenizer, template and defaults of a checkpoint, from every kind of file. */
final class FindersTest {
  @ParameterizedTest
  @ValueSource(strings = {"gemma3/text", "gemma4/e2b-like"})
  void aFolderAndAGgufFileMeanTheSame(String golden) {
    try (Checkpoint folder = Checkpoints.open(TestFiles.golden(golden + "/hf"));
        Checkpoint gguf = Checkpoints.open(TestFiles.golden(golden + "/model-f32.gguf"))) {
      Tokenizer ofFolder = TokenizerFinder.find(folder, Optional.empty());
      Tokenizer ofGguf = TokenizerFinder.find(gguf, Optional.empty());
      assertThat(ofGguf.encode("Hello there.")).isEqualTo(ofFolder.encode("Hello there."));
      Conversation question = Conversation.ask("Hello there.");
      String written =
          TemplateFinder.find(folder, ofFolder).render(question, TemplateOptions.ANSWER);
      assertThat(written).contains("Hello there.").contains("model");
      assertThat(GenerationDefaults.of(gguf, ofGguf).endTokens())
          .containsAll(GenerationDefaults.of(folder, ofFolder).endTokens());
    }
  }

  @Test
  void aLlama2cFileContinuesTextAndEndsAtTheNextStory() {
    try (Checkpoint stories =
        Checkpoints.open(TestFiles.data("weights/stories260K/stories260K.bin"))) {
      Tokenizer tokenizer = TokenizerFinder.find(stories, Optional.empty());
      String written =
          TemplateFinder.find(stories, tokenizer)
              .render(Conversation.ask("Once upon"), TemplateOptions.ANSWER);
      assertThat(tokenizer.encodeWithSpecials(written))
          .isEqualTo(tokenizer.framed(tokenizer.encode("Once upon")));
      assertThat(GenerationDefaults.of(stories, tokenizer).endTokens())
          .containsExactlyInAnyOrder(1, 2);
    }
  }

  @Test
  void aMissingTokenizerIsToldWithWhatWouldServe(@TempDir Path folder) throws IOException {
    Path model = folder.resolve("story.bin");
    Files.copy(TestFiles.data("weights/stories260K/stories260K.bin"), model);
    assertThatThrownBy(() -> Assistant.openTokenizer(model, Optional.empty()))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "story.bin: found no tokenizer in %s; expected tokenizer.json, tokenizer.model or tok*.bin. Name one with --tokenizer"
                .formatted(folder.toAbsolutePath()));
    Path absent = folder.resolve("nope");
    assertThatThrownBy(() -> Assistant.openTokenizer(model, Optional.of(absent)))
        .isInstanceOf(ModelException.class)
        .hasMessage("tokenizer %s: no such file or folder".formatted(absent));
    Path given = TestFiles.data("weights/stories260K/tok512.bin");
    assertThat(Assistant.openTokenizer(model, Optional.of(given)).vocabularySize()).isEqualTo(512);
  }
}
