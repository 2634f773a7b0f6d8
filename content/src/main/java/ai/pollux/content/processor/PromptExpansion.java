package ai.pollux.content.processor;

import ai.pollux.content.MediaException;
import ai.pollux.content.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes room for media in a prompt that a chat template rendered: each placeholder becomes its
 * medium's marks and soft tokens, and the whole text is tokenized at once, as the reference does
 * (newlines of the marks join those of the text).
 *
 * @param markup of the model's family
 */
public record PromptExpansion(MediaMarkup markup, Tokenizer tokenizer) {
  /**
   * The ids of a prompt.
   *
   * @param text with one placeholder for each medium, in order; special tokens are read and none is
   *     added
   * @throws MediaException where placeholders and media do not go together: somebody's text spells
   *     one, or the template left one out
   */
  public ExpandedPrompt expand(String text, List<PromptMedium> media) {
    String expanded = expanded(text, media, new int[0]);
    int[] ids = tokenizer.encodeWithSpecials(expanded);
    return new ExpandedPrompt(ids, runs(ids, media));
  }

  /**
   * The same, and where in the ids some places of the text are: before the first token that begins
   * there or later.
   *
   * @param places between characters of {@code text}, ascending, none inside a placeholder
   * @throws MediaException where the tokenizer changes the text, so that places are lost
   */
  public Placed expand(String text, List<PromptMedium> media, int[] places) {
    int[] moved = places.clone();
    String expanded = expanded(text, media, moved);
    int[] ids = tokenizer.encodeWithSpecials(expanded);
    return new Placed(
        new ExpandedPrompt(ids, runs(ids, media)),
        TokenPlaces.find(tokenizer, expanded, ids, moved));
  }

  /**
   * A prompt, and places in it.
   *
   * @param places one for each that was asked for, from 0 to the number of ids
   */
  public record Placed(ExpandedPrompt prompt, int[] places) {}

  /** One medium with its marks and nothing around it. */
  public ExpandedPrompt alone(PromptMedium medium) {
    return expand(markup.marks(medium).placeholder(), List.of(medium));
  }

  /** The text with room for its media; moves the places with it. */
  private String expanded(String text, List<PromptMedium> media, int[] places) {
    if (media.isEmpty() && markup.all().isEmpty()) {
      return text;
    }
    refuseSoftTokens(text);
    Matcher placeholders = placeholders().matcher(text);
    StringBuilder expanded = new StringBuilder();
    int place = 0;
    int shift = 0;
    int count = 0;
    while (placeholders.find()) {
      if (count == media.size()
          || !markup.marks(media.get(count)).placeholder().equals(placeholders.group())) {
        throw mismatch(text, media);
      }
      String room = markup.text(media.get(count));
      while (place < places.length && places[place] < placeholders.end()) {
        places[place++] += shift;
      }
      shift += room.length() - placeholders.group().length();
      placeholders.appendReplacement(expanded, Matcher.quoteReplacement(room));
      count++;
    }
    if (count < media.size()) {
      throw mismatch(text, media);
    }
    for (; place < places.length; place++) {
      places[place] += shift;
    }
    return placeholders.appendTail(expanded).toString();
  }

  private Pattern placeholders() {
    return Pattern.compile(
        markup.all().stream()
            .map(marks -> Pattern.quote(marks.placeholder()))
            .collect(Collectors.joining("|")));
  }

  /** A soft token that nobody expanded would take another medium's rows. */
  private void refuseSoftTokens(String text) {
    for (MediaMarkup.Marks marks : markup.all()) {
      if (!marks.softToken().equals(marks.placeholder()) && text.contains(marks.softToken())) {
        throw new MediaException(
            "A text spells %s, which stands for parts of an image. Write it otherwise."
                .formatted(marks.softToken()));
      }
    }
  }

  private MediaException mismatch(String text, List<PromptMedium> media) {
    List<String> wanted = media.stream().map(medium -> markup.marks(medium).placeholder()).toList();
    List<String> found =
        placeholders()
            .matcher(text)
            .results()
            .limit(wanted.size() + 1L)
            .map(m -> m.group())
            .toList();
    return new MediaException(
        "Expected the prompt to have a place for each medium, %s, found %s. A text must not spell these marks; the chat template must write them for media."
            .formatted(wanted, found));
  }

  private List<ExpandedPrompt.Run> runs(int[] ids, List<PromptMedium> media) {
    List<ExpandedPrompt.Run> runs = new ArrayList<>();
    int at = 0;
    for (int medium = 0; medium < media.size(); medium++) {
      int softToken = softToken(media.get(medium));
      for (int length : lengths(media.get(medium))) {
        while (at < ids.length && ids[at] != softToken) {
          at++;
        }
        runs.add(new ExpandedPrompt.Run(at, length, medium));
        for (int end = at + length; at < end; at++) {
          if (at == ids.length || ids[at] != softToken) {
            throw new IllegalStateException(
                "medium %d: expected %d tokens %d up to place %d of %d"
                    .formatted(medium, length, softToken, end, ids.length));
          }
        }
      }
    }
    return runs;
  }

  private int softToken(PromptMedium medium) {
    String softToken = markup.marks(medium).softToken();
    return tokenizer
        .id(softToken)
        .orElseThrow(() ->
            new MediaException(
                "The tokenizer has no token %s, which media need. Take the tokenizer that came with the model."
                    .formatted(softToken)));
  }

  /** The runs of soft tokens of a medium; those of no length leave no trace. */
  private static List<Integer> lengths(PromptMedium medium) {
    List<Integer> lengths =
        switch (medium) {
          case PromptMedium.Image(int each, int crops) -> Collections.nCopies(1 + crops, each);
          case PromptMedium.Sound(int tokens) -> List.of(tokens);
          case PromptMedium.Video(List<PromptMedium.Frame> frames) ->
              frames.stream().map(PromptMedium.Frame::softTokens).toList();
        };
    return lengths.stream().filter(length -> length > 0).toList();
  }
}
