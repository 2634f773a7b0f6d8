/**
 * Hostile clients: each attack is refused with the status that it should get, and others are still
 * served.
 */
@NullMarked
package ai.pollux.server.attack;

import org.jspecify.annotations.NullMarked;
