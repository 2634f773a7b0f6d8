package ai.pollux.cli;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.Prompt;
import ai.pollux.content.Conversation;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.tensor.Backend;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pollux chat}: a conversation in the terminal. */
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Talks with a model. /clear forgets, /undo takes the last turn back, /bye ends; Ctrl-C stops an answer.",
    footer = {
      "",
      "Example: pollux chat gemma-3-1b-it-q4_0.gguf --system \"Answer in one sentence.\""
    })
final class ChatCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODEL",
      description = "Whom to talk with (default: pollux-nano, which comes with Pollux).",
      converter = ModelPath.class)
  @Nullable Path model;

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "Instructions that stand before the conversation.")
  String system = "";

  @Option(names = "--think", description = "Let the model think first, where it knows how.")
  boolean think;

  @Mixin SamplingFlags sampling = new SamplingFlags();

  @Mixin ModelFlags flags = new ModelFlags();

  private final List<Turn> turns = new ArrayList<>();
  private final AtomicReference<@Nullable Answer> current = new AtomicReference<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build();
        Backend backend = flags.backend.open();
        Assistant assistant = flags.open(ModelPath.orBundled(spec, model), backend)) {
      terminal.handle(Signal.INT, signal -> stopAnswer());
      LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
      PrintWriter out = terminal.writer();
      for (String line = read(reader); line != null; line = read(reader)) {
        obey(line.strip(), assistant, out);
      }
    }
    return 0;
  }

  private void obey(String line, Assistant assistant, PrintWriter out) throws InterruptedException {
    switch (line) {
      case "" -> {}
      case "/clear" -> turns.clear();
      case "/undo" -> {
        for (int i = 0; i < 2 && !turns.isEmpty(); i++) {
          turns.removeLast();
        }
      }
      default -> answer(line, assistant, out);
    }
  }

  private void answer(String line, Assistant assistant, PrintWriter out)
      throws InterruptedException {
    List<Turn> asked = new ArrayList<>(turns);
    asked.add(Turn.user(line));
    List<Part> instructions = system.isEmpty() ? List.of() : List.of(new Part.Text(system));
    AnswerRequest request =
        new AnswerRequest(
            new Prompt.Chat(new Conversation(instructions, asked, List.of()), think),
            sampling.over(assistant.defaultSampling()),
            sampling.maxTokens(),
            1,
            sampling.stops);
    Transcript transcript = new Transcript(out, true);
    try (Answer answer = assistant.answer(request)) {
      current.set(answer);
      transcript.write(answer);
      turns.add(Turn.user(line));
      turns.add(new Turn(Turn.Role.MODEL, transcript.parts()));
    } catch (RuntimeException e) {
      out.print("pollux: " + Failure.message(e));
    } finally {
      current.set(null);
    }
    out.println();
    out.flush();
  }

  private void stopAnswer() {
    Answer answer = current.get();
    if (answer != null) {
      answer.close();
    }
  }

  /** The next line; null at the end. */
  private static @Nullable String read(LineReader reader) {
    while (true) {
      try {
        String line = reader.readLine("> ");
        return line.strip().equals("/bye") ? null : line;
      } catch (UserInterruptException e) {
        // Ctrl-C at the prompt only clears the line.
      } catch (EndOfFileException e) {
        return null;
      }
    }
  }
}
