@NullMarked
package ai.pollux.model;

import org.jspecify.annotations.NullMarked;
