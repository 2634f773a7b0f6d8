package ai.pollux.server.gemini;

import java.util.List;

/** Answer of {@code countTokens}. */
public record CountTokensResponse(
    int totalTokens, List<UsageMetadata.ModalityTokenCount> promptTokensDetails) {}
