package ai.pollux.server.http;

import ai.pollux.server.gemini.GenerateContentRequest;
import ai.pollux.server.gemini.Grounding;

/**
 * A request as the model gets it.
 *
 * @param request with what was found in front of its question
 * @param grounding what was found
 */
record Grounded(GenerateContentRequest request, Grounding grounding) {}
