@NullMarked
package ai.pollux.engine;

import org.jspecify.annotations.NullMarked;
