package ai.pollux.server.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one side said: parts in order. {@code role} is {@code user}, {@code model}, {@code function}
 * or {@code tool}; absent means user.
 */
public record Content(@Nullable List<Part> parts, @Nullable String role) {}
