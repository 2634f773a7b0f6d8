package com.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InProcessTest {
  @TempDir Path folder;

  @Test
  void runs() throws IOException {
    Path picture = folder.resolve("picture.png");
    ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      InProcess.main(new String[] {"pollux-nano", picture.toString()});
    } finally {
      System.setOut(before);
    }
    String output = printed.toString(StandardCharsets.UTF_8);
    System.out.println(output);
    for (String line : new String[] {"text: ", "stream: ", "conversation: ", "record: Recipe[name="}) {
      assertTrue(output.contains(line), line);
    }
    assertTrue(output.contains("choice: positive") || output.contains("choice: negative"));
    assertTrue(output.contains("called: [ToolCall["));
    assertTrue(output.contains("picture.png: "));
  }
}
