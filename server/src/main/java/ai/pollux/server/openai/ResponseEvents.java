package ai.pollux.server.openai;

import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers the events of one response. */
final class ResponseEvents {
  private int next;

  /** An event with these members, names and values in turns. */
  AnswerStream.Message of(String type, Object... namesAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", type);
    members.put("sequence_number", next++);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new AnswerStream.Message(type, OpenAiJson.write(members));
  }
}
