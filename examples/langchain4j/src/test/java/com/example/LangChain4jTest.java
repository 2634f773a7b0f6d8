package com.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LangChain4jTest {
  @Test
  void runs() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      LangChain4j.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    String output = printed.toString(StandardCharsets.UTF_8);
    System.out.println(output);
    assertTrue(output.contains("text: "), output);
    assertTrue(output.contains("record: Recipe[name="), output);
    assertTrue(output.contains("boolean: true") || output.contains("boolean: false"), output);
    assertTrue(output.contains("stream: ") && output.contains("outputTokenCount = 40"), output);
  }
}
