/** Content in, content out: a loaded model with its tokenizer and its chat template. */
@NullMarked
package ai.pollux.assistant;

import org.jspecify.annotations.NullMarked;
