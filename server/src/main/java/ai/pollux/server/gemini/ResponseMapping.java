package ai.pollux.server.gemini;

import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.AnswerEvent.EndReason;
import ai.pollux.assistant.AnswerEvent.TokenScore;
import ai.pollux.assistant.Usage;
import ai.pollux.server.gemini.GenerateContentResponse.Candidate;
import ai.pollux.server.gemini.GenerateContentResponse.FinishReason;
import ai.pollux.server.gemini.GenerateContentResponse.LogprobsResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers as messages of the API: what one response, whole or chunk, says of all candidates. */
public final class ResponseMapping {
  private final String modelVersion;
  private final String responseId;
  private final boolean includesThoughts;
  private final Grounding grounding;

  /** What each candidate said so far, where it is grounded. */
  private final Map<Integer, PartMerger> said = new HashMap<>();

  /**
   * For the responses to one request.
   *
   * @param includesThoughts whether thinking is shown
   */
  public ResponseMapping(String modelVersion, String responseId, boolean includesThoughts) {
    this(modelVersion, responseId, includesThoughts, Grounding.NONE);
  }

  /**
   * For the responses to one request.
   *
   * @param includesThoughts whether thinking is shown
   * @param grounding what the answers stand on
   */
  public ResponseMapping(
      String modelVersion, String responseId, boolean includesThoughts, Grounding grounding) {
    this.grounding = grounding;
    this.modelVersion = modelVersion;
    this.responseId = responseId;
    this.includesThoughts = includesThoughts;
  }

  /** One response from the events of one or more candidates, with the tokens counted so far. */
  public GenerateContentResponse response(List<AnswerEvent> events, Usage usage) {
    int candidates = 1 + events.stream().mapToInt(AnswerEvent::candidate).max().orElse(0);
    List<Candidate> shown = new ArrayList<>();
    for (int i = 0; i < candidates; i++) {
      int index = i;
      List<AnswerEvent> own = events.stream().filter(event -> event.candidate() == index).toList();
      if (!own.isEmpty()) {
        shown.add(candidate(index, own));
      }
    }
    return new GenerateContentResponse(shown, usage(usage), modelVersion, responseId);
  }

  private Candidate candidate(int index, List<AnswerEvent> events) {
    PartMerger parts = new PartMerger();
    List<TokenScore> scores = new ArrayList<>();
    FinishReason reason = null;
    for (AnswerEvent event : events) {
      switch (event) {
        case AnswerEvent.Said more -> {
          more.parts().stream().filter(this::isShown).forEach(parts::add);
          scores.addAll(more.scores());
        }
        case AnswerEvent.Ended end -> reason = reason(end.reason());
      }
    }
    boolean calls = parts.merged().stream().anyMatch(part -> part.functionCall() != null);
    return new Candidate(
        new Content(parts.merged().isEmpty() ? null : parts.merged(), "model"),
        reason,
        reason == FinishReason.STOP && calls ? "Model generated function call(s)." : null,
        index,
        scores.isEmpty() ? null : sum(scores) / scores.size(),
        scores.isEmpty() ? null : logprobs(scores),
        grounding.passages().isEmpty() ? null : grounded(index, parts.merged(), reason != null));
  }

  /** Comes with the end of a candidate, when all of its text is known. */
  private @Nullable GroundingMetadata grounded(int index, List<Part> more, boolean isEnd) {
    PartMerger all = said.computeIfAbsent(index, _ -> new PartMerger());
    more.forEach(all::append);
    return isEnd ? grounding.metadata(all.merged()) : null;
  }

  private boolean isShown(ai.pollux.content.Part part) {
    return includesThoughts || !(part instanceof ai.pollux.content.Part.Thought);
  }

  private static FinishReason reason(EndReason reason) {
    return switch (reason) {
      case STOP -> FinishReason.STOP;
      case MALFORMED_CALL -> FinishReason.MALFORMED_FUNCTION_CALL;
      case MAX_TOKENS -> FinishReason.MAX_TOKENS;
      case CANCELLED -> FinishReason.OTHER;
    };
  }

  private UsageMetadata usage(Usage usage) {
    int tool = grounding.tokens();
    return new UsageMetadata(
        usage.prompt().total() - tool,
        positive(usage.cachedTokens()),
        positive(usage.answerTokens()),
        positive(usage.thoughtTokens()),
        positive(tool),
        usage.prompt().total() + usage.answerTokens() + usage.thoughtTokens(),
        UsageMetadata.ModalityTokenCount.of(usage.prompt()).stream()
            .map(count -> count.withoutText(tool))
            .toList(),
        tool == 0 ? null : List.of(UsageMetadata.ModalityTokenCount.ofText(tool)));
  }

  private static @Nullable Integer positive(int count) {
    return count > 0 ? count : null;
  }

  private static LogprobsResult logprobs(List<TokenScore> scores) {
    List<LogprobsResult.Token> chosen = scores.stream().map(ResponseMapping::token).toList();
    List<LogprobsResult.TopCandidates> top =
        scores.stream()
            .map(score ->
                new LogprobsResult.TopCandidates(
                    score.alternatives().stream().map(ResponseMapping::token).toList()))
            .toList();
    boolean hasTop = scores.stream().anyMatch(score -> !score.alternatives().isEmpty());
    return new LogprobsResult(chosen, hasTop ? top : null, sum(scores));
  }

  private static LogprobsResult.Token token(TokenScore score) {
    return new LogprobsResult.Token(score.token(), score.id(), score.logprob());
  }

  private static double sum(List<TokenScore> scores) {
    return scores.stream().mapToDouble(TokenScore::logprob).sum();
  }

  /** Puts parts behind each other; text goes on where text was. */
  private static final class PartMerger {
    private final List<Part> parts = new ArrayList<>();

    void add(ai.pollux.content.Part part) {
      append(part(part));
    }

    void append(Part more) {
      Part next = more;
      Part last = parts.isEmpty() ? null : parts.getLast();
      if (last != null
          && last.text() != null
          && next.text() != null
          && isThought(last) == isThought(next)) {
        parts.removeLast();
        next =
            isThought(next)
                ? Part.ofThought(last.text() + next.text())
                : Part.ofText(last.text() + next.text());
      }
      parts.add(next);
    }

    List<Part> merged() {
      return parts;
    }

    private static boolean isThought(Part part) {
      return Boolean.TRUE.equals(part.thought());
    }

    private static Part part(ai.pollux.content.Part part) {
      return switch (part) {
        case ai.pollux.content.Part.Text text -> Part.ofText(text.text());
        case ai.pollux.content.Part.Thought thought -> Part.ofThought(thought.text());
        case ai.pollux.content.Part.ToolCall call ->
            Part.ofCall(
                new Part.FunctionCall(
                    call.id().isEmpty() ? null : call.id(),
                    call.name(),
                    Wire.tree(call.arguments())));
        case ai.pollux.content.Part.Image image -> neverWritten(image);
        case ai.pollux.content.Part.Audio audio -> neverWritten(audio);
        case ai.pollux.content.Part.Video video -> neverWritten(video);
        case ai.pollux.content.Part.Document document -> neverWritten(document);
        case ai.pollux.content.Part.ToolResult result -> neverWritten(result);
        case ai.pollux.content.Part.Code code -> neverWritten(code);
        case ai.pollux.content.Part.CodeResult result -> neverWritten(result);
      };
    }

    private static Part neverWritten(ai.pollux.content.Part part) {
      throw new IllegalStateException("a model writes text, thoughts and calls, found " + part);
    }
  }
}
