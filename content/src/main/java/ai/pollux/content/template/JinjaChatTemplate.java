package ai.pollux.content.template;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.content.template.jinja.JinjaException;
import ai.pollux.content.template.jinja.JinjaLimits;
import ai.pollux.content.template.jinja.JinjaTemplate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A checkpoint's own {@code chat_template}, written in Jinja. */
public final class JinjaChatTemplate implements ChatTemplate {
  private final JinjaTemplate template;
  private final Map<String, Json> constants;
  private final boolean readsParts;

  /**
   * Reads the template, and tries it once to see whether it wants a turn's text as a list of parts
   * or as one string.
   *
   * @param source the {@code chat_template}
   * @param beginToken what the template sees as {@code bos_token}; empty where there is none
   * @param endToken what it sees as {@code eos_token}
   * @param clock what it sees as today
   * @throws TemplateException where it is not Jinja, with its line
   */
  public JinjaChatTemplate(String source, String beginToken, String endToken, Clock clock) {
    try {
      this.template = JinjaTemplate.of(source, JinjaLimits.DEFAULT, clock);
    } catch (JinjaException e) {
      throw new TemplateException("The checkpoint's chat_template is broken: " + e.getMessage(), e);
    }
    this.constants = Map.of("bos_token", Json.of(beginToken), "eos_token", Json.of(endToken));
    this.readsParts = tryParts();
  }

  /** One question as a list of parts: a template for strings fails, or prints the list itself. */
  private boolean tryParts() {
    String mark = "seventeen words";
    List<Part> question = List.of(new Part.Text(mark), new Part.Text(mark));
    Json.Obj message =
        Json.object("role", Json.of("user"), "content", ChatMessages.parts(question));
    try {
      String text =
          template.render(variables(Json.array(message), Json.NULL, TemplateOptions.ANSWER));
      return text.contains(mark)
          && !text.contains("'" + mark + "'")
          && !text.contains('"' + mark + '"');
    } catch (JinjaException e) {
      return false;
    }
  }

  @Override
  public String render(Conversation conversation, TemplateOptions options) {
    Json messages = ChatMessages.messages(conversation, readsParts);
    Json tools = ChatMessages.tools(conversation.tools());
    try {
      return template.render(variables(messages, tools, options));
    } catch (JinjaException e) {
      throw new TemplateException("The checkpoint's chat_template, " + e.getMessage(), e);
    }
  }

  private Json.Obj variables(Json messages, Json tools, TemplateOptions options) {
    Map<String, Json> variables = new LinkedHashMap<>(constants);
    variables.put("messages", messages);
    variables.put("tools", tools);
    variables.put("add_generation_prompt", Json.of(options.generationPrompt()));
    variables.put("enable_thinking", Json.of(options.thinking()));
    return new Json.Obj(variables);
  }
}
