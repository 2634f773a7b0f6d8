package ai.pollux.content.template;

import ai.pollux.content.Conversation;
import ai.pollux.content.Turn;
import ai.pollux.content.template.jinja.PythonText;

/**
 * Turns that differ in their marks alone: {@code before role after text end}. Text only; thoughts
 * and tool calls are left out, tool results are refused.
 *
 * @param begin what begins the text
 * @param trimmed whether a turn's text loses the white space around it
 */
public record TurnMarkTemplate(
    String name, String begin, String before, String after, String end, boolean trimmed)
    implements ChatTemplate {
  /** Llama 3's turns; tools and dates, from 3.1 on, are in the checkpoint's own template. */
  public static final TurnMarkTemplate LLAMA3 =
      new TurnMarkTemplate(
          "Llama 3",
          "<|begin_of_text|>",
          "<|start_header_id|>",
          "<|end_header_id|>\n\n",
          "<|eot_id|>",
          true);

  /** ChatML, the turns of Qwen and many others. */
  public static final TurnMarkTemplate CHATML =
      new TurnMarkTemplate("ChatML", "", "<|im_start|>", "\n", "<|im_end|>\n", false);

  @Override
  public String render(Conversation conversation, TemplateOptions options) {
    StringBuilder out = new StringBuilder(begin);
    if (!conversation.system().isEmpty()) {
      turn("system", Turns.text(name, conversation.system()), out);
    }
    for (Turn turn : conversation.turns()) {
      String role =
          switch (turn.role()) {
            case USER -> "user";
            case MODEL -> "assistant";
            case TOOL ->
                throw new TemplateException(
                    name + " knows no tool results without the checkpoint's own chat_template.");
          };
      turn(role, Turns.text(name, Turns.body(turn)), out);
    }
    return out.append(options.generationPrompt() ? before + "assistant" + after : "").toString();
  }

  private void turn(String role, String text, StringBuilder out) {
    out.append(before).append(role).append(after);
    out.append(trimmed ? PythonText.strip(text) : text).append(end);
  }
}
