/**
 * Benchmarks: one class each, asked over the Gemini API as anybody would, so that what is measured
 * is what is served.
 */
@NullMarked
package ai.pollux.eval;

import org.jspecify.annotations.NullMarked;
