package ai.pollux.content.fuzz;

import ai.pollux.content.document.PdfFuzz;
import ai.pollux.content.ffmpeg.SoundFuzz;
import ai.pollux.content.ffmpeg.VideoFuzz;
import ai.pollux.content.image.ImageFuzz;
import ai.pollux.content.template.jinja.ChatTemplateFuzz;
import ai.pollux.content.tokenizer.Llama2cTokenizerFuzz;
import ai.pollux.content.tokenizer.SentencePieceFuzz;
import ai.pollux.content.tokenizer.TokenizerJsonFuzz;
import ai.pollux.testkit.FuzzInputs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Inputs that a fuzzer found, and hostile files made by hand, once more. */
final class FoundInputsTest {
  @TestFactory
  Stream<DynamicTest> areReadOrRefused() {
    return Stream.of(
            FuzzInputs.of("image", ImageFuzz::fuzzerTestOneInput),
            FuzzInputs.of("sound", SoundFuzz::fuzzerTestOneInput),
            FuzzInputs.of("video", VideoFuzz::fuzzerTestOneInput),
            FuzzInputs.of("pdf", PdfFuzz::fuzzerTestOneInput),
            FuzzInputs.of("tokenizer-json", TokenizerJsonFuzz::fuzzerTestOneInput),
            FuzzInputs.of("tokenizer-model", SentencePieceFuzz::fuzzerTestOneInput),
            FuzzInputs.of("tokenizer-bin", Llama2cTokenizerFuzz::fuzzerTestOneInput),
            FuzzInputs.of("chat-template", ChatTemplateFuzz::fuzzerTestOneInput))
        .flatMap(tests -> tests);
  }
}
