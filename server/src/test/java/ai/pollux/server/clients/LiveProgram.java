package ai.pollux.server.clients;

import com.google.genai.AsyncSession;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.CreateAuthTokenConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.LiveConnectConfig;
import com.google.genai.types.LiveSendClientContentParameters;
import com.google.genai.types.LiveSendRealtimeInputParameters;
import com.google.genai.types.LiveServerMessage;
import com.google.genai.types.Part;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program that talks to a live session by Google's SDK. A process of its own, as the SDK takes
 * whom to trust from the system property that Java starts with.
 */
final class LiveProgram {
  private LiveProgram() {}

  /** The server's address for HTTPS. */
  public static void main(String[] args) throws Exception {
    HttpOptions.Builder http = HttpOptions.builder().baseUrl(args[0]);
    LiveConnectConfig config =
        LiveConnectConfig.builder()
            .responseModalities("TEXT")
            .maxOutputTokens(12)
            .seed(7)
            .systemInstruction(Content.fromParts(Part.fromText("Be brief.")))
            .build();
    try (Client client = Client.builder().apiKey("any").httpOptions(http.build()).build()) {
      System.out.println(
          "REST " + client.models.generateContent("hf", "Hi", null).text().isEmpty());
      converse("KEY", client, config);
    }
    http.apiVersion("v1alpha");
    String token;
    try (Client client = Client.builder().apiKey("any").httpOptions(http.build()).build()) {
      token =
          client
              .authTokens
              .create(CreateAuthTokenConfig.builder().uses(1).build())
              .name()
              .orElseThrow();
    }
    try (Client client = Client.builder().apiKey(token).httpOptions(http.build()).build()) {
      converse("TOKEN", client, config);
    }
    System.exit(0); // The SDK's threads would keep the process for a while.
  }

  private static void converse(String name, Client client, LiveConnectConfig config)
      throws Exception {
    BlockingQueue<LiveServerMessage> heard = new LinkedBlockingQueue<>();
    AsyncSession session = client.async.live.connect("hf", config).get(30, TimeUnit.SECONDS);
    session.receive(heard::add).get();
    session
        .sendClientContent(
            LiveSendClientContentParameters.builder()
                .turns(Content.fromParts(Part.fromText("Hello")))
                .turnComplete(true)
                .build())
        .get();
    System.out.println(name + " " + turn(heard));
    session
        .sendRealtimeInput(LiveSendRealtimeInputParameters.builder().text("Go on").build())
        .get();
    System.out.println(name + " " + turn(heard));
    session.close().get();
  }

  /** How many pieces of text came, and how many tokens they had. */
  private static String turn(BlockingQueue<LiveServerMessage> heard) throws InterruptedException {
    int pieces = 0;
    while (true) {
      LiveServerMessage message = heard.poll(30, TimeUnit.SECONDS);
      if (message == null) {
        return "nothing came";
      }
      var content = message.serverContent();
      pieces += content.flatMap(each -> each.modelTurn()).isPresent() ? 1 : 0;
      if (content.flatMap(each -> each.turnComplete()).orElse(false)) {
        return (pieces > 1 ? "streamed " : "whole ")
            + message.usageMetadata().orElseThrow().responseTokenCount().orElse(0);
      }
    }
  }
}
