package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pollux.junit.PolluxServer;
import ai.pollux.junit.PolluxTest;
import ai.pollux.junit.RecordedRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server of this test is the one that {@code pollux serve} starts. */
@PolluxTest
final class GoogleGenAiTest {
  @Test
  void runs(PolluxServer server) {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      GoogleGenAi.main(new String[] {server.url().toString()});
    } finally {
      System.setOut(before);
    }
    String output = printed.toString(StandardCharsets.UTF_8);
    System.out.println(output);
    assertTrue(output.contains("text: ") && output.contains("stream: "), output);
    assertTrue(output.contains("json: {\"minutes\":"), output);
    assertEquals(
        List.of("generateContent", "streamGenerateContent", "generateContent"),
        server.requests().stream().map(RecordedRequest::method).toList());
  }
}
