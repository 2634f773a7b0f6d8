/**
 * The Gemini API in tests: {@link ai.pollux.junit.PolluxExtension} starts a {@link
 * ai.pollux.junit.PolluxServer}, whose answers a test may script and whose connections it may
 * break.
 */
@NullMarked
package ai.pollux.junit;

import org.jspecify.annotations.NullMarked;
