package ai.pollux.assistant.media;

import ai.pollux.content.processor.PromptMedium;
import ai.pollux.model.MediaInput;
import java.util.List;

/**
 * A medium that was read.
 *
 * @param place what it takes of a prompt
 * @param inputs what the encoder reads: one for each run of placeholders
 * @param modality what its tokens are counted as
 */
public record ReadMedium(PromptMedium place, List<MediaInput> inputs, Modality modality) {}
