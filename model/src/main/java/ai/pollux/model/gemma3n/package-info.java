/**
 * Gemma 3n: four vectors for each token of which one is computed with (<a
 * href="https://arxiv.org/abs/2301.13310">AltUp</a>), low-rank residuals (<a
 * href="https://arxiv.org/abs/2411.07501">LAuReL</a>), per-layer embeddings, sparse feed-forward
 * layers, shared keys and values; feed-forward layers nested so that smaller models are cut out of
 * larger ones (<a href="https://arxiv.org/abs/2310.07707">MatFormer</a>).
 */
@NullMarked
package ai.pollux.model.gemma3n;

import org.jspecify.annotations.NullMarked;
