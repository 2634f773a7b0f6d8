package ai.pollux.content.template.jinja;

import ai.pollux.content.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Any bytes as a chat template, rendered for two turns. */
public final class ChatTemplateFuzz {
  private static final JinjaLimits LIMITS = new JinjaLimits(100_000, 1_000_000, 400);
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final Json.Obj VARIABLES =
      (Json.Obj)
          Json.parse(
              """
              {"messages": [{"role": "user", "content": "Hello"},
                            {"role": "assistant", "content": [{"type": "text", "text": "Hi"}]}],
               "tools": [{"name": "f", "parameters": {"type": "object", "n": 1.5, "b": true}}],
               "bos_token": "<bos>", "add_generation_prompt": true}\
              """);

  private ChatTemplateFuzz() {}

  /** Called by Jazzer, and for each input that was found. */
  public static void fuzzerTestOneInput(byte[] file) {
    try {
      JinjaTemplate.of(new String(file, StandardCharsets.UTF_8), LIMITS, CLOCK).render(VARIABLES);
    } catch (JinjaException e) {
      if (e.getMessage().isBlank()) {
        throw new AssertionError("a refusal says nothing", e);
      }
    }
  }
}
