package ai.pollux.content.template;

import ai.pollux.content.Conversation;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.content.template.jinja.PythonText;
import java.util.List;

/**
 * The turns of Gemma 1 to 3: user and model in turns, the system's words before the first user's.
 * There is no thinking, and declared tools are not shown to the model.
 */
public final class Gemma3Template implements ChatTemplate {
  @Override
  public String render(Conversation conversation, TemplateOptions options) {
    StringBuilder out = new StringBuilder("<bos>");
    List<Turn> turns = conversation.turns();
    String prefix =
        conversation.system().isEmpty()
            ? ""
            : Turns.text("Gemma 3's system instruction", conversation.system()) + "\n\n";
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      if (turn.role() != (i % 2 == 0 ? Turn.Role.USER : Turn.Role.MODEL)) {
        throw new TemplateException(
            "Gemma 3: Conversation roles must alternate user/assistant/user/assistant/..., found %s as turn %d"
                .formatted(turn.role(), i + 1));
      }
      out.append(
          turn.role() == Turn.Role.USER ? "<start_of_turn>user\n" : "<start_of_turn>model\n");
      out.append(i == 0 ? prefix : "");
      Turns.body(turn).forEach(part -> body(part, out));
      out.append("<end_of_turn>\n");
    }
    return out.append(options.generationPrompt() ? "<start_of_turn>model\n" : "").toString();
  }

  private static void body(Part part, StringBuilder out) {
    switch (part) {
      case Part.Text text -> out.append(PythonText.strip(text.text()));
      case Part.Image _ -> out.append("<start_of_image>");
      default -> // Turns.body leaves text, images, audio and video
          throw new TemplateException(
              "Gemma 3 reads text and images, found " + part.getClass().getSimpleName() + ".");
    }
  }
}
