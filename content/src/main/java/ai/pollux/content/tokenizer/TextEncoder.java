package ai.pollux.content.tokenizer;

/**
 * From a text without added pieces to ids: rewrite it, take out the added pieces that are looked
 * for in rewritten text, rewrite the rest once more, cut it into chunks, cut those into pieces.
 */
record TextEncoder(
    Normalizer normalizer,
    AddedPieces added,
    Normalizer preparation,
    Splitter splitter,
    Segmenter segmenter) {

  void encode(String text, boolean atStart, IntList ids) {
    String normalized = normalizer.apply(text, atStart);
    added.split(
        normalized,
        new AddedPieces.Parts() {
          @Override
          public void text(String whole, int start, int end) {
            cut(whole.substring(start, end), atStart && start == 0, ids);
          }

          @Override
          public void piece(int id) {
            ids.add(id);
          }
        });
  }

  private void cut(String text, boolean atStart, IntList ids) {
    char[] prepared = preparation.apply(text, atStart).toCharArray();
    splitter.split(
        prepared,
        0,
        prepared.length,
        (chars, start, end) -> segmenter.segment(chars, start, end, ids));
  }
}
