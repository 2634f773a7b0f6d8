package ai.pollux.assistant;

import ai.pollux.engine.PromptMedium;
import java.util.List;

/**
 * A prompt as the engine takes it.
 *
 * @param ids tokens, placeholders of media among them
 * @param media what the placeholders stand for
 * @param tokens how many there are of each modality
 */
record WrittenPrompt(int[] ids, List<PromptMedium> media, PromptTokens tokens) {}
