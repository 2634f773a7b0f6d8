package ai.pollux.train.tokenizer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the chunks and characters of a stream of texts, in rounds of bounded size: in a round
 * every thread counts some of the texts, then the counts are added and, where there are too many
 * chunks, the rarest dropped. Sums do not depend on who counted what, so neither does the result.
 */
final class Counting {
  private static final int ROUND = 1 << 24; // characters

  private final BpeSettings settings;
  private final PieceRules rules;
  private final FixedPieces fixed;
  private final CharacterCounts characters = new CharacterCounts();
  private ChunkTable chunks = new ChunkTable();
  private long texts;
  private long length;
  private long droppedChunks;
  private long droppedOccurrences;

  Counting(BpeSettings settings, PieceRules rules) {
    this.settings = settings;
    this.rules = rules;
    this.fixed = new FixedPieces(settings.specials());
  }

  /** Counts all texts. */
  void count(Iterator<TrainingText> all, BpeProgress progress) {
    try (ExecutorService workers = Executors.newFixedThreadPool(settings.threads())) {
      while (all.hasNext()) {
        List<TrainingText> round = new ArrayList<>();
        for (long taken = 0; taken < ROUND && all.hasNext(); ) {
          TrainingText text = all.next();
          taken += text.text().length() + 16; // so that empty texts fill a round too
          round.add(text);
          length += text.text().length();
        }
        texts += round.size();
        count(round, workers);
        drop();
        progress.counted(length, chunks.size());
      }
    }
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      characters.addChunk(chunks, chunk, chunks.count(chunk));
    }
  }

  /** The chunks that were kept. */
  ChunkTable chunks() {
    return chunks;
  }

  /** All characters, those of dropped chunks too. */
  CharacterCounts characters() {
    return characters;
  }

  long texts() {
    return texts;
  }

  /** How long all texts are, in UTF-16 units. */
  long length() {
    return length;
  }

  long droppedChunks() {
    return droppedChunks;
  }

  long droppedOccurrences() {
    return droppedOccurrences;
  }

  private void count(List<TrainingText> round, ExecutorService workers) {
    AtomicInteger next = new AtomicInteger();
    List<Future<ChunkCutter>> parts = new ArrayList<>();
    for (int i = 0; i < Math.min(settings.threads(), round.size()); i++) {
      parts.add(
          workers.submit(() -> {
            ChunkCutter cutter = new ChunkCutter(rules, fixed);
            for (int at = next.getAndIncrement(); at < round.size(); at = next.getAndIncrement()) {
              cutter.cut(round.get(at));
            }
            return cutter;
          }));
    }
    for (Future<ChunkCutter> part : parts) {
      ChunkCutter cutter = result(part);
      characters.addAll(cutter.singles());
      if (chunks.size() == 0) {
        chunks = cutter.chunks();
      } else {
        chunks.addAll(cutter.chunks());
      }
    }
  }

  private static ChunkCutter result(Future<ChunkCutter> part) {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TokenizerTrainingException("counting: interrupted. Start it again.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Drops what was seen once, then twice, four times ... until the rest fits. */
  private void drop() {
    for (long rare = 1; chunks.size() > settings.mostChunks(); rare *= 2) {
      ChunkTable kept = new ChunkTable();
      for (int i = 0; i < chunks.size(); i++) {
        long count = chunks.count(i);
        if (count > rare) {
          kept.add(chunks.characters(), chunks.start(i), chunks.end(i), count);
        } else {
          characters.addChunk(chunks, i, count);
          droppedChunks++;
          droppedOccurrences += count;
        }
      }
      chunks = kept;
    }
  }
}
