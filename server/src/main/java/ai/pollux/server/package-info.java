@NullMarked
package ai.pollux.server;

import org.jspecify.annotations.NullMarked;
