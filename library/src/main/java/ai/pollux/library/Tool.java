package ai.pollux.library;

import ai.pollux.content.Json;
import ai.pollux.content.ToolDeclaration;

/**
 * What the model may call.
 *
 * @param arguments the record that its arguments are read into
 * @param function what is called
 */
public record Tool<A extends Record>(
    String name, String description, Class<A> arguments, Function<A> function) {
  /** What a tool does. */
  @FunctionalInterface
  public interface Function<A> {
    /**
     * Called with what the model wrote.
     *
     * @return what the model gets: a record, a map, a list, a string, a number or a boolean
     * @throws Exception if it fails, which ends the answer: what the model is to know of is
     *     returned
     */
    Object call(A arguments) throws Exception;
  }

  ToolDeclaration declaration() {
    return new ToolDeclaration(name, description, RecordSchema.of(arguments));
  }

  Json.Obj call(Json given) {
    A read = RecordJson.read(given.toString(), arguments);
    try {
      return RecordJson.result(function.call(read));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new PolluxException("the tool %s failed: %s".formatted(name, e.getMessage()), e);
    }
  }
}
