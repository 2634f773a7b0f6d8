/**
 * <a href="https://docs.langchain4j.dev">LangChain4j</a>'s chat models over a model in process:
 * messages to conversations, parts to messages.
 */
@NullMarked
package ai.pollux.langchain4j;

import org.jspecify.annotations.NullMarked;
