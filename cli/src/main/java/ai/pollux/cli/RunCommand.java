package ai.pollux.cli;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.Prompt;
import ai.pollux.content.Conversation;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.tensor.Backend;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pollux run}: one question, one answer. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Answers one prompt and streams the answer.",
    footer = {
      "",
      "Example: pollux run \"What is 2 + 3?\"",
      "         pollux run \"Which digit is this?\" digit.png",
      "         pollux run gemma-3-1b-it-q4_0.gguf \"Why is the sky blue?\"",
      "         pollux run gemma-4-E2B-it \"What is said here?\" talk.m4a photo.jpg"
    })
final class RunCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "[MODEL] PROMPT [FILE...]",
      hideParamSyntax = true,
      description =
          "What to run (default: pollux-nano, which comes with Pollux), what to answer, and images, sounds, videos, PDFs or texts that stand before the prompt. What stands alone or has a space is the prompt, unless there is such a file.")
  List<String> words = List.of();

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "Instructions that stand before the prompt.")
  String system = "";

  @Option(names = "--think", description = "Let the model think first, where it knows how.")
  boolean think;

  @Mixin SamplingFlags sampling = new SamplingFlags();

  @Mixin ModelFlags flags = new ModelFlags();

  /**
   * Whether the first word stands for a model. A prompt that a person writes has spaces, or stands
   * alone; a path with spaces is a model if it is there.
   */
  private static boolean namesModel(List<String> words) {
    String first = words.getFirst();
    return Files.exists(Path.of(first))
        || (words.size() > 1 && first.chars().noneMatch(Character::isWhitespace));
  }

  @Override
  public Integer call() throws InterruptedException {
    List<Part> instructions = system.isEmpty() ? List.of() : List.of(new Part.Text(system));
    boolean isNamed = namesModel(words);
    Path model = ModelPath.of(spec, isNamed ? words.getFirst() : BundledModel.NAME);
    List<String> asked = isNamed ? words.subList(1, words.size()) : words;
    if (asked.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "expected a prompt behind the model " + words.getFirst());
    }
    List<Part> parts = new ArrayList<>();
    asked.stream().skip(1).forEach(file -> parts.add(FilePart.of(Path.of(file))));
    parts.add(new Part.Text(asked.getFirst()));
    Conversation conversation =
        new Conversation(instructions, List.of(new Turn(Turn.Role.USER, parts)), List.of());
    boolean isTerminal = Screen.isTerminal();
    try (Backend backend = flags.backend.open();
        Assistant assistant = flags.open(model, backend);
        Answer answer =
            assistant.answer(
                new AnswerRequest(
                    new Prompt.Chat(conversation, think),
                    sampling.over(assistant.defaultSampling()),
                    sampling.maxTokens(),
                    1,
                    sampling.stops))) {
      PrintWriter out = spec.commandLine().getOut();
      new Transcript(out, isTerminal).write(answer);
      out.println();
      out.flush();
    }
    return 0;
  }
}
