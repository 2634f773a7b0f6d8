package ai.pollux.server.live;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Content;
import ai.pollux.server.gemini.Part;
import ai.pollux.server.live.SpeechDetector.Change;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user says and shows, collected until it is a turn. Sound is kept while an utterance goes
 * on, with a little of what came before it; of pictures the latest. For one thread at a time.
 */
final class UserInput {
  /** Sound before speech was noticed that is kept: the first consonant is quiet. */
  private static final int LEAD_MILLIS = 300;

  private static final int MOST_SECONDS = 300;
  private static final int MOST_FRAMES = 16;
  private static final long MOST_FRAME_CHARACTERS = 24L << 20;

  private final Hearing hearing;
  private final Utterances listener;
  private final @Nullable SpeechDetector detector;
  private final Deque<byte[]> lead = new ArrayDeque<>();
  private final ByteArrayOutputStream speech = new ByteArrayOutputStream();
  private final Deque<Part> frames = new ArrayDeque<>();
  private final List<Part> texts = new ArrayList<>();
  private byte[] rest = {};
  private int sampleRateHz;
  private boolean isSpeaking;

  /** Is told when an utterance begins and when it is whole. */
  interface Utterances {
    void begins();

    void ends();
  }

  UserInput(Hearing hearing, Utterances listener) {
    this.hearing = hearing;
    this.listener = listener;
    detector = hearing.detection() == null ? null : new SpeechDetector(hearing.detection());
  }

  /** Whether an utterance has begun and not ended. */
  boolean isSpeaking() {
    return isSpeaking;
  }

  /** Hears more. */
  void hear(PcmChunk chunk) {
    if (chunk.sampleRateHz() != sampleRateHz) {
      if (speech.size() > 0 && sampleRateHz != 0) {
        throw ApiException.invalid(
            "realtime_input.audio.mime_type",
            "The rate changed within an utterance, from %d to %d; keep to one."
                .formatted(sampleRateHz, chunk.sampleRateHz()));
      }
      sampleRateHz = chunk.sampleRateHz();
      lead.clear();
      rest = new byte[0];
    }
    int frameBytes = 2 * (sampleRateHz * SpeechDetector.FRAME_MILLIS / 1000);
    byte[] sound = Arrays.copyOf(rest, rest.length + chunk.bytes().length);
    System.arraycopy(chunk.bytes(), 0, sound, rest.length, chunk.bytes().length);
    int at = 0;
    for (; at + frameBytes <= sound.length; at += frameBytes) {
      hearFrame(Arrays.copyOfRange(sound, at, at + frameBytes));
    }
    rest = Arrays.copyOfRange(sound, at, sound.length);
  }

  private void hearFrame(byte[] frame) {
    Change change = detector == null ? Change.NONE : detector.hear(frame);
    if (isSpeaking) {
      speech.writeBytes(frame);
    } else {
      keepLead(frame);
    }
    if (change == Change.BEGINS) {
      begin();
    } else if (change == Change.ENDS || speech.size() >= MOST_SECONDS * 2 * sampleRateHz) {
      end();
    }
  }

  private void keepLead(byte[] frame) {
    int millis = LEAD_MILLIS;
    if (hearing.keepsSilence()) {
      millis = MOST_SECONDS * 1000;
    } else if (detector == null) {
      millis = 0;
    } else if (hearing.detection() != null) {
      millis += hearing.detection().prefixMillis();
    }
    lead.add(frame);
    while (lead.size() * SpeechDetector.FRAME_MILLIS > millis) {
      lead.removeFirst();
    }
  }

  /** The user begins to speak. */
  void begin() {
    if (!isSpeaking) {
      isSpeaking = true;
      lead.forEach(speech::writeBytes);
      lead.clear();
      listener.begins();
    }
  }

  /** The user has spoken, or nothing more comes. */
  void end() {
    if (isSpeaking) {
      speech.writeBytes(rest);
      rest = new byte[0];
      isSpeaking = false;
      if (detector != null) {
        detector.forget();
      }
      listener.ends();
    }
  }

  /** Sees a picture: {@code image/…}. */
  void see(Part.Blob picture, String place) {
    String type = picture.mimeType() == null ? "" : picture.mimeType();
    if (!type.startsWith("image/")) {
      throw ApiException.invalid(
          place + ".mime_type",
          "%s.mime_type: expected image/jpeg or image/png, a frame at a time, found \"%s\"."
              .formatted(place, type));
    }
    if (!isSpeaking && !hearing.keepsFrames()) {
      frames.clear(); // what was seen last before the user speaks is what they speak of
    }
    frames.add(Part.ofBlob(picture));
    while (frames.size() > MOST_FRAMES
        || (frames.size() > 1 && characters() > MOST_FRAME_CHARACTERS)) {
      frames.removeFirst();
    }
  }

  private long characters() {
    return frames.stream().mapToLong(Dialogue::characters).sum();
  }

  /** Reads what the user wrote. */
  void read(String text) {
    texts.add(Part.ofText(text));
  }

  /**
   * All that was collected, as a turn: pictures, sound, text; without parts where there is none.
   */
  Content take() {
    List<Part> parts = new ArrayList<>(frames);
    if (hearing.keepsSilence() && speech.size() == 0) {
      lead.forEach(speech::writeBytes);
      lead.clear();
    }
    if (speech.size() > 1) {
      byte[] samples = Arrays.copyOf(speech.toByteArray(), speech.size() & ~1);
      String file = Base64.getEncoder().encodeToString(WaveFile.of(samples, sampleRateHz));
      parts.add(Part.ofBlob(new Part.Blob("audio/wav", file, null)));
    }
    parts.addAll(texts);
    frames.clear();
    texts.clear();
    speech.reset();
    return new Content(parts, "user");
  }
}
