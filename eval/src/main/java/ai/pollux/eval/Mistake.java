package ai.pollux.eval;

/**
 * A question that was not answered rightly.
 *
 * @param question its text, with media by name
 * @param answer what came, or why nothing did
 */
public record Mistake(String id, String task, String question, String expected, String answer) {}
