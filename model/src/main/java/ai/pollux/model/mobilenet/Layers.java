package ai.pollux.model.mobilenet;

import ai.pollux.tensor.Ops;
import java.util.List;

/** Operations one after the other; what each made is freed once the next has read it. */
record Layers(List<ImageLayer> layers) {
  /** The image after all of them. */
  FeatureMap apply(Ops ops, FeatureMap x) {
    int mark = ops.mark();
    FeatureMap y = x;
    for (ImageLayer layer : layers) {
      y = layer.apply(ops, y);
      y = y.with(ops.release(mark, y.values()));
    }
    return y;
  }
}
