@NullMarked
package ai.pollux.server.live;

import org.jspecify.annotations.NullMarked;
