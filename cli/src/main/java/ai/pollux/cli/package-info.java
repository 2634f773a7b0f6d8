@NullMarked
package ai.pollux.cli;

import org.jspecify.annotations.NullMarked;
