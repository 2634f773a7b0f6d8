package ai.pollux.train.data.encode;

import ai.pollux.content.tokenizer.Detokenizer;
import ai.pollux.content.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/** A token for each byte, and Gemma 4's marks. */
public final class ByteTokenizer implements Tokenizer {
  private static final List<String> MARKS =
      List.of(
          "<pad>",
          "<eos>",
          "<bos>",
          "<|turn>",
          "<turn|>",
          "<|channel>",
          "<channel|>",
          "<|image>",
          "<|image|>",
          "<image|>",
          "<|audio>",
          "<|audio|>",
          "<audio|>",
          "<|video|>",
          "<|tool_call>",
          "<tool_call|>",
          "<|tool_response>");

  @Override
  public int vocabularySize() {
    return MARKS.size() + 256;
  }

  @Override
  public int[] encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] ids = new int[bytes.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = MARKS.size() + (bytes[i] & 0xFF);
    }
    return ids;
  }

  @Override
  public int[] encodeWithSpecials(String text) {
    java.util.stream.IntStream.Builder ids = java.util.stream.IntStream.builder();
    int plain = 0;
    for (int i = 0; i < text.length(); ) {
      int at = i;
      int mark =
          java.util.stream.IntStream.range(0, MARKS.size())
              .filter(each -> text.startsWith(MARKS.get(each), at))
              .findFirst()
              .orElse(-1);
      if (mark >= 0) {
        java.util.Arrays.stream(encode(text.substring(plain, i))).forEach(ids);
        ids.add(mark);
        i += MARKS.get(mark).length();
        plain = i;
      } else {
        i++;
      }
    }
    java.util.Arrays.stream(encode(text.substring(plain))).forEach(ids);
    return ids.build().toArray();
  }

  @Override
  public int[] framed(int[] ids) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalInt bos() {
    return OptionalInt.of(2);
  }

  @Override
  public OptionalInt eos() {
    return OptionalInt.of(1);
  }

  @Override
  public boolean addsBos() {
    return true;
  }

  @Override
  public String decode(int[] ids) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int id : ids) {
      out.writeBytes(bytes(id));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public Detokenizer detokenizer() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Detokenizer continuingDetokenizer() {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] bytes(int id) {
    return id < MARKS.size()
        ? MARKS.get(id).getBytes(StandardCharsets.UTF_8)
        : new byte[] {(byte) (id - MARKS.size())};
  }

  @Override
  public String piece(int id) {
    return decode(new int[] {id});
  }

  @Override
  public OptionalInt id(String piece) {
    int id = MARKS.indexOf(piece);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  @Override
  public boolean isControl(int id) {
    return id < MARKS.size();
  }
}
