package ai.pollux.engine;

import ai.pollux.engine.cache.MediaSpan;
import ai.pollux.engine.sample.TokenConstraint;
import ai.pollux.model.ModelInfo;
import java.util.Collections;
import java.util.List;

/** What a request must keep to be answerable at all. */
record RequestRules(ModelInfo model, EngineOptions options) {
  /**
   * Refuses what cannot be answered.
   *
   * @throws InvalidRequestException naming what, what was expected and found, and what to do
   */
  void check(GenerationRequest request) {
    checkPrompt(request.prompt());
    checkMedia(request.media(), request.promptLength());
    if (request.maxTokens() < 1) {
      throw new InvalidRequestException(
          "maxTokens: expected at least 1, found %d. Leave it out for the default."
              .formatted(request.maxTokens()));
    }
    if (request.candidates() < 1 || request.candidates() > options.maxSequences()) {
      throw new InvalidRequestException(
          ("candidates: expected 1 to %d (the sequences that run at a time), found %d. Ask for"
                  + " fewer, or in several requests.")
              .formatted(options.maxSequences(), request.candidates()));
    }
    request.sampling().logitBias().keySet().forEach(token -> checkToken("logitBias", token));
    request.constraint().ifPresent(form -> checkRoom(request, form));
    for (int[] stop : request.stopSequences()) {
      if (stop.length == 0) {
        throw new InvalidRequestException(
            "stopSequences: expected at least 1 token in each, found an empty one. Leave it out.");
      }
    }
  }

  /**
   * Refuses what cannot be embedded.
   *
   * @throws InvalidRequestException as above
   */
  void check(EmbeddingRequest request) {
    checkPrompt(request.prompt());
    checkMedia(request.media(), request.promptLength());
  }

  private void checkPrompt(int[] prompt) {
    if (prompt.length == 0) {
      throw new InvalidRequestException(
          "prompt: expected at least 1 token, found none. Send a start token.");
    }
    int longest = options.contextLength() - 1;
    if (prompt.length > longest) {
      throw new InvalidRequestException(
          ("prompt: expected at most %d tokens (a context of %d less one for the answer), found %d."
                  + " Shorten the prompt, or serve with a longer context.")
              .formatted(longest, options.contextLength(), prompt.length));
    }
    for (int i = 0; i < prompt.length; i++) {
      if (prompt[i] < 0 || prompt[i] >= model.vocabulary()) {
        checkToken("prompt[" + i + "]", prompt[i]);
      }
    }
  }

  private void checkRoom(GenerationRequest request, TokenConstraint form) {
    if (request.ignoreStop()) {
      throw new InvalidRequestException(
          "ignoreStop: a form says where its answers end; found both. Leave one of them out.");
    }
    int left = options.contextLength() - request.promptLength();
    int room = Math.min(left, request.maxTokens());
    if (room < form.leastTokens()) {
      throw new InvalidRequestException(
          ("maxTokens: an answer of the form that is asked for needs at least %d tokens, found room"
                  + " for %d (maxTokens is %d, the context has %d left). Allow more, or ask for a"
                  + " smaller form.")
              .formatted(form.leastTokens(), room, request.maxTokens(), left));
    }
  }

  private void checkMedia(List<PromptMedium> media, int promptLength) {
    int free = 0;
    for (PromptMedium medium : media) {
      MediaSpan span = medium.span();
      if (span.from() < free || span.count() < 1 || span.end() > promptLength) {
        throw new InvalidRequestException(
            ("media: expected placeholders in order and apart, from token %d to %d, found %d tokens"
                    + " from %d on.")
                .formatted(free, promptLength, span.count(), span.from()));
      }
      free = span.end();
      if (span.isBlock() && span.count() > PromptMedium.MOST_ROWS) {
        throw new InvalidRequestException(
            "media: expected at most %d tokens for one image, found %d. Ask for a lower resolution."
                .formatted(PromptMedium.MOST_ROWS, span.count()));
      }
      if (Collections.disjoint(model.media(), medium.kinds())) {
        throw new InvalidRequestException(
            "media: this %s model reads %s, found %s. Leave it out, or serve a model that reads it."
                .formatted(
                    model.architecture(),
                    model.media().isEmpty() ? "text alone" : "text and " + model.media(),
                    medium.input()));
      }
    }
  }

  private void checkToken(String what, int token) {
    if (token < 0 || token >= model.vocabulary()) {
      throw new InvalidRequestException(
          "%s: expected a token id of 0 to %d, found %d. Encode with this model's own tokenizer."
              .formatted(what, model.vocabulary() - 1, token));
    }
  }
}
