package ai.pollux.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sound and pictures that stream in, to a tiny Gemma 4 that hears and sees. */
final class LiveAudioIT {
  private static final int RATE = 16_000;
  private static final String CONFIG = "\"generationConfig\":{\"seed\":7,\"maxOutputTokens\":8}";
  private static final String TOLD =
      CONFIG + ",\"realtimeInputConfig\":{\"automaticActivityDetection\":{\"disabled\":true}}";

  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.seeing();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static LiveClient begin(String members) {
    return LiveClient.begin(server.url(), "hf", members);
  }

  /** A tone of 440 Hz at a fifth of full scale, or silence. */
  private static byte[] sound(int millis, boolean isTone) {
    int samples = RATE * millis / 1000;
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples; i++) {
      bytes.putShort((short) (isTone ? 6500 * Math.sin(2 * Math.PI * 440 * i / RATE) : 0));
    }
    return bytes.array();
  }

  /** Sends sound as microphones do, in chunks of 100 ms and an odd number of bytes. */
  private static void play(LiveClient client, byte[] sound) {
    int chunk = 3201;
    for (int at = 0; at < sound.length; at += chunk) {
      byte[] part = Arrays.copyOfRange(sound, at, Math.min(sound.length, at + chunk));
      client.send(
          "{\"realtimeInput\":{\"audio\":{\"mimeType\":\"audio/pcm;rate=16000\",\"data\":\"%s\"}}}"
              .formatted(Base64.getEncoder().encodeToString(part)));
    }
  }

  private static int tokens(List<JsonNode> turn, String modality) {
    int tokens = 0;
    for (JsonNode each : turn.getLast().path("usageMetadata").path("promptTokensDetails")) {
      tokens +=
          each.path("modality").asString().equals(modality) ? each.path("tokenCount").asInt() : 0;
    }
    return tokens;
  }

  @Test
  void speechIsFoundAndAnsweredWhenSilenceFollows() {
    try (LiveClient client = begin(CONFIG + ",\"explicitVadSignal\":true")) {
      play(client, sound(400, false));
      play(client, sound(1000, true));
      play(client, sound(900, false));
      List<JsonNode> turn = client.turn();
      assertThat(turn.get(0).path("voiceActivityDetectionSignal").path("vadSignalType").asString())
          .isEqualTo("VAD_SIGNAL_TYPE_SOS");
      assertThat(turn.get(1).path("voiceActivityDetectionSignal").path("vadSignalType").asString())
          .isEqualTo("VAD_SIGNAL_TYPE_EOS");
      assertThat(LiveClient.said(turn)).isNotEmpty();
      // 1 s of tone, 0.3 s of lead and 0.5 s of silence: 1.8 s, 40 ms a token.
      assertThat(tokens(turn, "AUDIO")).isBetween(40, 50);
    }
  }

  @Test
  void theEndOfTheStreamEndsTheUtterance() {
    try (LiveClient client = begin(CONFIG)) {
      play(client, sound(600, true));
      client.send("{\"realtimeInput\":{\"audioStreamEnd\":true}}");
      assertThat(tokens(client.turn(), "AUDIO")).isPositive();
    }
  }

  @Test
  void silenceAloneIsNotAnswered() throws Exception {
    try (LiveClient client = begin(CONFIG)) {
      play(client, sound(3000, false));
      client.send("{\"realtimeInput\":{\"audioStreamEnd\":true}}");
      assertThat(client.isSilent(500)).isTrue();
    }
  }

  @Test
  void speechInterruptsTheAnswer() {
    String longer = "\"generationConfig\":{\"seed\":7,\"maxOutputTokens\":300}";
    try (LiveClient client = begin(longer)) {
      client.send(LiveClient.turn("Tell me a long story"));
      client.until(message -> message.path("serverContent").has("modelTurn"));
      play(client, sound(300, true));
      List<JsonNode> first = client.turn();
      assertThat(first)
          .anyMatch(message -> message.path("serverContent").path("interrupted").asBoolean(false));
      play(client, sound(700, false));
      assertThat(tokens(client.turn(), "AUDIO")).isPositive();
    }
  }

  @Test
  void aClientMaySayItselfWhenSpeechBeginsAndEnds() throws Exception {
    try (LiveClient client = begin(TOLD)) {
      play(client, sound(500, true)); // Not part of any activity.
      client.send("{\"realtimeInput\":{\"activityStart\":{}}}");
      play(client, sound(1000, false));
      assertThat(client.isSilent(200)).isTrue();
      client.send("{\"realtimeInput\":{\"text\":\"What is this?\"}}");
      client.send("{\"realtimeInput\":{\"activityEnd\":{}}}");
      List<JsonNode> turn = client.turn();
      // One second, 40 ms a token; without the half second before.
      assertThat(tokens(turn, "AUDIO")).isBetween(23, 27);
    }
  }

  @Test
  void activityMarksAreRefusedWhereSpeechIsFoundByItself() {
    try (LiveClient client = begin(CONFIG)) {
      client.send("{\"realtimeInput\":{\"activityStart\":{}}}");
      assertThat(client.closed())
          .isEqualTo(
              new LiveClient.Closed(
                  1007,
                  "Explicit activity control is not supported when automatic activity detection is on."));
    }
  }

  @Test
  void theLastPictureIsSeenWithTheQuestion() throws Exception {
    try (LiveClient client = begin(CONFIG)) {
      for (int i = 0; i < 3; i++) {
        client.send(
            "{\"realtimeInput\":{\"video\":{\"mimeType\":\"image/png\",\"data\":\"%s\"}}}"
                .formatted(picture(i)));
      }
      client.send("{\"realtimeInput\":{\"text\":\"What do you see?\"}}");
      int one = tokens(client.turn(), "IMAGE");
      assertThat(one).isPositive();
      try (LiveClient all =
          begin(
              CONFIG
                  + ",\"realtimeInputConfig\":{\"turnCoverage\":\"TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO\"}")) {
        for (int i = 0; i < 2; i++) {
          all.send(
              "{\"realtimeInput\":{\"mediaChunks\":[{\"mimeType\":\"image/png\",\"data\":\"%s\"}]}}"
                  .formatted(picture(i)));
        }
        all.send("{\"realtimeInput\":{\"text\":\"What do you see?\"}}");
        assertThat(tokens(all.turn(), "IMAGE")).isEqualTo(2 * one);
      }
    }
  }

  private static String picture(int shade) throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    image.setRGB(shade, shade, 0xffffff);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }

  @Test
  void otherSoundsAreRefused() {
    try (LiveClient client = begin(CONFIG)) {
      client.send("{\"realtimeInput\":{\"audio\":{\"mimeType\":\"audio/mp3\",\"data\":\"AAAA\"}}}");
      assertThat(client.closed())
          .isEqualTo(
              new LiveClient.Closed(
                  1007,
                  "realtime_input.audio.mime_type: expected audio/pcm;rate=16000 (16 bits, mono), found \"audio/mp3\"."));
    }
  }
}
