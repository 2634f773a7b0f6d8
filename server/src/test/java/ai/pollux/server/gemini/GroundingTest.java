package ai.pollux.server.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.gemini.GroundingMetadata.Support;
import ai.pollux.server.search.Chunk;
import ai.pollux.server.search.Chunking;
import ai.pollux.server.search.Passage;
import ai.pollux.server.search.StoredDocument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GroundingTest {
  private static Passage passage(String title, int page, String text) {
    StoredDocument document =
        new StoredDocument(
            "d1",
            title,
            "text/plain",
            1,
            StoredDocument.State.ACTIVE,
            1,
            Optional.empty(),
            Instant.EPOCH,
            Instant.EPOCH,
            List.of(),
            Chunking.DEFAULT);
    return new Passage("s1", document, new Chunk(page, text));
  }

  @Test
  void sourcesAreNumberedInFrontOfTheQuestion() {
    assertThat(
            Grounding.sources(
                List.of(passage("Ants", 0, "They live below.\n"), passage("", 3, "Bees fly."))))
        .isEqualTo(
            "Sources:\n\n[1] Ants\nThey live below.\n\n[2], page 3\nBees fly.\n\nAnswer from these sources.\n\n");
  }

  @Test
  void sentencesThatShareTheirWordsWithAChunkAreSupported() {
    Grounding grounding =
        new Grounding(
            List.of(passage("Ants", 0, "Ants: tiny creatures."), passage("B", 2, "Bees fly.")), 9);
    String text = "Größe zählt. Ants are TINY creatures, überall! Bees fly.";
    GroundingMetadata metadata =
        grounding.metadata(List.of(Part.ofThought("tiny ants creatures"), Part.ofText(text)));
    List<Support> supports = metadata.groundingSupports();
    assertThat(supports).isNotNull().hasSize(1);
    Support only = supports.getFirst();
    // Of ants, tiny, creatures and überall the chunk has three; "Bees fly." has one long word only.
    assertThat(only.groundingChunkIndices()).containsExactly(0);
    assertThat(only.confidenceScores()).containsExactly(0.75);
    assertThat(only.segment().partIndex()).isEqualTo(1);
    assertThat(only.segment().text()).isEqualTo("Ants are TINY creatures, überall!");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int from = only.segment().startIndex();
    assertThat(new String(bytes, from, only.segment().endIndex() - from, StandardCharsets.UTF_8))
        .isEqualTo(only.segment().text());
    assertThat(from).as("in bytes: ö, ß and ä take two").isEqualTo(16);
    GroundingMetadata.RetrievedContext second =
        metadata.groundingChunks().get(1).retrievedContext();
    assertThat(second.pageNumber()).isEqualTo(2);
    assertThat(second.uri()).isEqualTo("fileSearchStores/s1/documents/d1");
    assertThat(metadata.groundingChunks().getFirst().retrievedContext().pageNumber()).isNull();
  }
}
