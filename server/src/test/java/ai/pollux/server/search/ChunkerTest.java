package ai.pollux.server.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ChunkerTest {
  private static List<String> cut(int words, int overlap, String text) {
    return new Chunker(new Chunking(words, overlap))
        .chunks(List.of(new Page(0, text))).stream().map(Chunk::text).toList();
  }

  @Test
  void chunksOverlapAndKeepTheTextBetweenTheirWords() {
    assertThat(cut(3, 1, "  a b\n\nc d e f ")).containsExactly("a b\n\nc", "c d e", "e f");
    assertThat(cut(3, 0, "a b c d")).containsExactly("a b c", "d");
    assertThat(cut(5, 2, "a b")).containsExactly("a b");
    assertThat(cut(3, 2, "a b c")).as("the overlap alone is no chunk").containsExactly("a b c");
    assertThat(cut(3, 0, " \n\u00a0 ")).isEmpty();
  }

  @Test
  void everyWordIsInSomeChunk() {
    for (int count = 0; count < 60; count++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < count; i++) {
        text.append('w').append(i).append(' ');
      }
      String all = " " + String.join(" ", cut(7, 3, text.toString())) + " ";
      for (int i = 0; i < count; i++) {
        assertThat(all).contains(" w" + i + " ");
      }
    }
  }

  @Test
  void whatHasNoSpacesIsCutBetweenCharacters() {
    String text = "\ud83d\ude00".repeat(101);
    List<String> chunks = cut(1, 0, "a" + text);
    assertThat(String.join("", chunks)).isEqualTo("a" + text);
    assertThat(chunks).allMatch(chunk -> chunk.length() <= 41);
    assertThat(chunks).noneMatch(chunk -> Character.isLowSurrogate(chunk.charAt(0)));
  }

  @Test
  void chunksDoNotReachOverPages() {
    List<Chunk> chunks =
        new Chunker(new Chunking(10, 2)).chunks(List.of(new Page(1, "a b"), new Page(2, "c")));
    assertThat(chunks).containsExactly(new Chunk(1, "a b"), new Chunk(2, "c"));
  }

  @Test
  void sizesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> new Chunking(513, 0))
        .hasMessage("max_tokens_per_chunk: expected 1 to 512, found 513.");
    assertThatThrownBy(() -> new Chunking(0, 0)).hasMessageContaining("found 0");
    assertThatThrownBy(() -> new Chunking(10, 10))
        .hasMessage(
            "max_overlap_tokens: expected 0 to 9, less than max_tokens_per_chunk, found 10.");
  }
}
