/**
 * Gemma 4 in every published size: E2B and E4B with per-layer embeddings and shared keys and
 * values, 12B, 31B, and 26B-A4B with a mixture of experts. What sees is in {@link
 * ai.pollux.model.gemma4.vision}.
 */
@NullMarked
package ai.pollux.model.gemma4;

import org.jspecify.annotations.NullMarked;
