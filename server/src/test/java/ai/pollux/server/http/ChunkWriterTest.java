package ai.pollux.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ChunkWriterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void eventsAreOneLineEachAndEndWithABlankOne() throws IOException {
    try (ChunkWriter events = new ChunkWriter.ServerSentEvents(out)) {
      events.message("{\"a\":1}");
      events.message("{\"b\":2}");
    }
    assertThat(sent()).isEqualTo("data: {\"a\":1}\r\n\r\ndata: {\"b\":2}\r\n\r\n");
  }

  @Test
  void anErrorAmongEventsIsSentBareAndAsAnEvent() throws IOException {
    try (ChunkWriter events = new ChunkWriter.ServerSentEvents(out)) {
      events.error("{\"error\":{}}");
    }
    assertThat(sent()).isEqualTo("{\"error\":{}}\r\n\r\ndata: {\"error\":{}}\r\n\r\n");
  }

  @Test
  void theArrayIsWholeJsonHoweverManyMessages() throws IOException {
    try (ChunkWriter array = new ChunkWriter.JsonArray(out)) {
      array.message("{\"a\":1}");
      array.message("{\"b\":2}");
    }
    assertThat(sent()).isEqualTo("[{\"a\":1}\n,\r\n{\"b\":2}\n]");
    out.reset();
    new ChunkWriter.JsonArray(out).close();
    assertThat(sent()).isEqualTo("[]");
  }

  private String sent() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
