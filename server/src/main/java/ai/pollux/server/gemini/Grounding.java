package ai.pollux.server.gemini;

import ai.pollux.server.gemini.GroundingMetadata.RetrievedContext;
import ai.pollux.server.gemini.GroundingMetadata.Segment;
import ai.pollux.server.gemini.GroundingMetadata.Support;
import ai.pollux.server.search.Passage;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a request's answers stand on: the passages that were put in front of the question.
 *
 * <p>A sentence of an answer is supported by a passage if it has at least two different words of
 * four letters or more, and the passage has at least half of them; that share is the confidence.
 * Words are compared without case, as they stand. It tells where to look, not that the model read
 * there.
 *
 * @param passages numbered from 1 in the prompt, from 0 in the answer
 * @param tokens what they took in the prompt
 */
public record Grounding(List<Passage> passages, int tokens) {
  /** Nothing was looked for. */
  public static final Grounding NONE = new Grounding(List.of(), 0);

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{4,}");
  private static final int FEWEST_WORDS = 2;
  private static final double LEAST_SHARE = 0.5;

  public Grounding {
    passages = List.copyOf(passages);
  }

  /** What is put in front of the question. */
  public static String sources(List<Passage> passages) {
    StringBuilder text = new StringBuilder("Sources:\n");
    for (int i = 0; i < passages.size(); i++) {
      Passage passage = passages.get(i);
      String title = passage.document().displayName();
      int page = passage.chunk().page();
      text.append("\n[%d]".formatted(i + 1))
          .append(title.isEmpty() ? "" : " " + title)
          .append(page == 0 ? "" : ", page " + page)
          .append('\n')
          .append(passage.chunk().text().strip())
          .append('\n');
    }
    return text.append("\nAnswer from these sources.\n\n").toString();
  }

  /** What one candidate stands on, when all of it is said. */
  GroundingMetadata metadata(List<Part> parts) {
    List<Set<String>> words =
        passages.stream().map(passage -> words(passage.chunk().text())).toList();
    List<Support> supports = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String text = parts.get(i).text();
      if (text != null && !Boolean.TRUE.equals(parts.get(i).thought())) {
        supports.addAll(supports(text, i, words));
      }
    }
    return new GroundingMetadata(
        passages.stream().map(Grounding::chunk).toList(), supports.isEmpty() ? null : supports);
  }

  private static GroundingMetadata.Chunk chunk(Passage passage) {
    String title = passage.document().displayName();
    int page = passage.chunk().page();
    return new GroundingMetadata.Chunk(
        new RetrievedContext(
            title.isEmpty() ? null : title,
            passage.chunk().text(),
            "fileSearchStores/" + passage.store(),
            FileSearchMapping.name(passage.store(), passage.document()),
            page == 0 ? null : page,
            FileSearchMapping.customMetadata(passage.document().metadata())));
  }

  private static List<Support> supports(String text, int part, List<Set<String>> words) {
    List<Support> supports = new ArrayList<>();
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(text);
    int start = sentences.first();
    for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
      String sentence = text.substring(start, end).stripTrailing();
      Set<String> said = words(sentence);
      List<Integer> indices = new ArrayList<>();
      List<Double> scores = new ArrayList<>();
      for (int i = 0; i < words.size() && said.size() >= FEWEST_WORDS; i++) {
        Set<String> there = words.get(i);
        double share = said.stream().filter(there::contains).count() / (double) said.size();
        if (share >= LEAST_SHARE) {
          indices.add(i);
          scores.add(share);
        }
      }
      if (!indices.isEmpty()) {
        int from = bytes(text.substring(0, start));
        Segment segment =
            new Segment(part == 0 ? null : part, from, from + bytes(sentence), sentence);
        supports.add(new Support(segment, indices, scores));
      }
      start = end;
    }
    return supports;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    WORD.matcher(text.toLowerCase(Locale.ROOT)).results().forEach(word -> words.add(word.group()));
    return words;
  }
}
