package ai.pollux.server.search;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's own format, for vectors as long as the hidden states of large models are: Lucene's limit
 * of 1024 is no limit of the format. The name in the files is Lucene's, so any Lucene reads them.
 */
final class LongVectors extends Lucene104Codec {
  private static final KnnVectorsFormat LUCENES = new Lucene99HnswVectorsFormat();
  private static final int LONGEST = 16_384;

  private static final KnnVectorsFormat FORMAT =
      new KnnVectorsFormat(LUCENES.getName()) {
        @Override
        public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
          return LUCENES.fieldsWriter(state);
        }

        @Override
        public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
          return LUCENES.fieldsReader(state);
        }

        @Override
        public int getMaxDimensions(String field) {
          return LONGEST;
        }
      };

  @Override
  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
    return FORMAT;
  }
}
