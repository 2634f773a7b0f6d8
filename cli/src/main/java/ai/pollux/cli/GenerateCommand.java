package ai.pollux.cli;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.Prompt;
import ai.pollux.assistant.Usage;
import ai.pollux.content.Conversation;
import ai.pollux.tensor.Backend;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux generate}: for scripts. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints what the model writes, alone, on standard output.",
    footer = {
      "",
      "Example: pollux generate --model stories260K.bin --raw --prompt \"Once upon a time\" --temperature 0 --max-tokens 50"
    })
final class GenerateCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "MODEL",
      description = "What to run.",
      converter = ModelPath.class)
  Path model = Path.of("");

  @Option(
      names = "--prompt",
      required = true,
      paramLabel = "TEXT",
      description = "What the user says.")
  String prompt = "";

  @Option(
      names = "--raw",
      description = "Continue the prompt as it stands, without the model's chat template.")
  boolean raw;

  @Option(names = "--think", description = "Let the model think first, where it knows how.")
  boolean think;

  @Option(
      names = "--json",
      description = "One JSON object with text, finish reason, tokens and times.")
  boolean json;

  @Mixin SamplingFlags sampling = new SamplingFlags();

  @Mixin ModelFlags flags = new ModelFlags();

  @Override
  public Integer call() throws InterruptedException {
    try (Backend backend = flags.backend.open();
        Assistant assistant = flags.open(model, backend)) {
      Prompt asked =
          raw ? new Prompt.Raw(prompt) : new Prompt.Chat(Conversation.ask(prompt), think);
      AnswerRequest request =
          new AnswerRequest(
              asked,
              sampling.over(assistant.defaultSampling()),
              sampling.maxTokens(),
              1,
              sampling.stops);
      long start = System.nanoTime();
      try (Answer answer = assistant.answer(request)) {
        PrintWriter out = spec.commandLine().getOut();
        Transcript transcript =
            new Transcript(json ? new PrintWriter(Writer.nullWriter()) : out, false);
        transcript.write(answer);
        if (json) {
          out.println(
              JsonMapper.shared()
                  .writeValueAsString(report(transcript, answer, System.nanoTime() - start)));
        } else if (Screen.isTerminal()) {
          out.println();
        }
        out.flush();
      }
    }
    return 0;
  }

  private static Map<String, Object> report(Transcript transcript, Answer answer, long nanos) {
    Usage usage = answer.usage();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("text", transcript.text());
    report.put("finishReason", transcript.reason().name());
    report.put("promptTokens", usage.prompt().total());
    report.put("answerTokens", usage.answerTokens());
    report.put("thoughtTokens", usage.thoughtTokens());
    report.put("seed", answer.seed());
    report.put("firstTokenMillis", answer.firstTokenNanos() / 1e6);
    report.put("totalMillis", nanos / 1e6);
    return report;
  }
}
