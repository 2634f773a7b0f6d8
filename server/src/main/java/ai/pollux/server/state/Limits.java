package ai.pollux.server.state;

import java.util.OptionalLong;

/** How much a key may use; what is empty is not limited. */
public record Limits(
    OptionalLong requestsPerMinute,
    OptionalLong requestsPerDay,
    OptionalLong tokensPerMinute,
    OptionalLong tokensPerDay,
    OptionalLong concurrentRequests) {
  /** No limits. */
  public static final Limits NONE =
      new Limits(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());
}
