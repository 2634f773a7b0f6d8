@NullMarked
package ai.pollux.bench;

import org.jspecify.annotations.NullMarked;
