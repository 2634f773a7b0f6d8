@NullMarked
package ai.pollux.assistant;

import org.jspecify.annotations.NullMarked;
