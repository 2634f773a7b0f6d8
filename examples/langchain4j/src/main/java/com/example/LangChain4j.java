package com.example;

import ai.pollux.langchain4j.PolluxChatModel;
import ai.pollux.langchain4j.PolluxStreamingChatModel;
import ai.pollux.library.Pollux;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import java.util.concurrent.CompletableFuture;

/** LangChain4j, over a model in this program. */
public final class LangChain4j {
  private LangChain4j() {}

  record Recipe(String name, int minutes) {}

  /** What LangChain4j writes the code for. */
  interface Cook {
    @UserMessage("Invent a recipe of {{it}}.")
    Recipe recipe(String dish);

    @UserMessage("Is this good? {{it}}")
    boolean isGood(String opinion);
  }

  public static void main(String[] arguments) {
    String name = arguments.length > 0 ? arguments[0] : "pollux-nano";
    try (Pollux pollux = Pollux.open(name)) {
      ChatModel model = new PolluxChatModel(pollux);
      System.out.println("text: " + model.chat("What is 2 + 3?"));
      Cook cook = AiServices.create(Cook.class, model);
      System.out.println("record: " + cook.recipe("soup"));
      System.out.println("boolean: " + cook.isGood("I like it!"));
      stream(pollux);
    }
  }

  private static void stream(Pollux pollux) {
    ChatRequestParameters brief = ChatRequestParameters.builder().maxOutputTokens(40).build();
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    System.out.print("stream: ");
    new PolluxStreamingChatModel(pollux, brief)
        .chat(
            "Tell me a story.",
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String piece) {
                System.out.print(piece);
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {
                done.complete(response);
              }

              @Override
              public void onError(Throwable error) {
                done.completeExceptionally(error);
              }
            });
    ChatResponse response = done.join();
    System.out.println("\ntokens: " + response.tokenUsage());
  }
}
