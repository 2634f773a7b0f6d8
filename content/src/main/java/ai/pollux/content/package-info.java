@NullMarked
package ai.pollux.content;

import org.jspecify.annotations.NullMarked;
