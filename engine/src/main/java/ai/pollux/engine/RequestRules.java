package ai.pollux.engine;

import ai.pollux.model.ModelInfo;

/** What a request must keep to be answerable at all. */
record RequestRules(ModelInfo model, EngineOptions options) {
  /**
   * Refuses what cannot be answered.
   *
   * @throws InvalidRequestException naming what, what was expected and found, and what to do
   */
  void check(GenerationRequest request) {
    checkPrompt(request.prompt());
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
    for (int[] stop : request.stopSequences()) {
      if (stop.length == 0) {
        throw new InvalidRequestException(
            "stopSequences: expected at least 1 token in each, found an empty one. Leave it out.");
      }
    }
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

  private void checkToken(String what, int token) {
    if (token < 0 || token >= model.vocabulary()) {
      throw new InvalidRequestException(
          "%s: expected a token id of 0 to %d, found %d. Encode with this model's own tokenizer."
              .formatted(what, model.vocabulary() - 1, token));
    }
  }
}
