/**
 * Models in a Java program: {@link ai.pollux.library.Pollux} loads one, {@link
 * ai.pollux.library.Question} asks it, in process. Parts, turns and JSON are those of {@code
 * ai.pollux.content}.
 */
@NullMarked
package ai.pollux.library;

import org.jspecify.annotations.NullMarked;
