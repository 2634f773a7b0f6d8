@NullMarked
package ai.pollux.testkit;

import org.jspecify.annotations.NullMarked;
