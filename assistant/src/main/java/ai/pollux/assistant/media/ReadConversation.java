package ai.pollux.assistant.media;

import ai.pollux.content.Conversation;
import java.util.List;

/**
 * A conversation whose media were read.
 *
 * @param shown the conversation with one image, sound or video for each place that its template is
 *     to leave: pages of documents are images there, long sounds several clips
 * @param media what belongs into these places, in order
 */
public record ReadConversation(Conversation shown, List<ReadMedium> media) {}
