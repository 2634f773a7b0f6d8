package ai.pollux.assistant;

import ai.pollux.content.template.ChatTemplate;
import ai.pollux.content.template.CompletionTemplate;
import ai.pollux.content.template.Gemma3Template;
import ai.pollux.content.template.Gemma4Template;
import ai.pollux.content.template.TurnMarkTemplate;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.model.checkpoint.Checkpoint;

/** Finds how a checkpoint wants conversations written: by the turn marks in its vocabulary. */
final class TemplateFinder {
  private TemplateFinder() {}

  static ChatTemplate find(Checkpoint checkpoint, Tokenizer tokenizer) {
    if (knows(tokenizer, "<|turn>")) {
      return new Gemma4Template();
    }
    if (knows(tokenizer, "<start_of_turn>")) {
      return new Gemma3Template();
    }
    if (knows(tokenizer, "<|start_header_id|>")) {
      return TurnMarkTemplate.LLAMA3;
    }
    if (knows(tokenizer, "<|im_start|>")) {
      return TurnMarkTemplate.CHATML;
    }
    return new CompletionTemplate(begin(tokenizer));
  }

  private static boolean knows(Tokenizer tokenizer, String mark) {
    return tokenizer.id(mark).stream().anyMatch(tokenizer::isControl);
  }

  private static String begin(Tokenizer tokenizer) {
    return tokenizer.addsBos() ? tokenizer.piece(tokenizer.bos().orElseThrow()) : "";
  }
}
