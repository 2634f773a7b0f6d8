package ai.pollux.cli;

import ai.pollux.assistant.Assistant;
import ai.pollux.content.tokenizer.Tokenizer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux tokenize}. */
@Command(
    name = "tokenize",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows how a text is cut into tokens: one line with id and piece each.",
    footer = {"", "Example: pollux tokenize --model gemma-3-1b-it-q4_0.gguf \"Hello world\""})
final class TokenizeCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "MODEL",
      description = "Whose tokenizer.",
      converter = ModelPath.class)
  Path model = Path.of("");

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description = "A tokenizer in place of the model's own.")
  @Nullable Path tokenizer;

  @Option(names = "--specials", description = "Read spelled control tokens, like <bos>, as such.")
  boolean specials;

  @Option(
      names = "--frame",
      description = "Put around the text what the model expects, usually BOS.")
  boolean frame;

  @Option(names = "--json", description = "One JSON object with ids and pieces.")
  boolean json;

  @Parameters(index = "0", paramLabel = "TEXT", description = "What to cut.")
  String text = "";

  @Override
  public Integer call() {
    Tokenizer chosen = Assistant.openTokenizer(model, Optional.ofNullable(tokenizer));
    int[] ids = specials ? chosen.encodeWithSpecials(text) : chosen.encode(text);
    int[] shown = frame ? chosen.framed(ids) : ids;
    List<String> pieces = Arrays.stream(shown).mapToObj(chosen::piece).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(Map.of("ids", shown, "pieces", pieces)));
    } else {
      for (int i = 0; i < shown.length; i++) {
        out.printf("%7d  %s%n", shown[i], pieces.get(i).replace("\n", "\\n"));
      }
    }
    out.flush();
    return 0;
  }
}
