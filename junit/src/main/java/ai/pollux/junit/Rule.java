package ai.pollux.junit;

import ai.pollux.server.http.Interceptor.Pace;
import ai.pollux.server.http.Interceptor.Verdict;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * What happens to some requests.
 *
 * @param left how many more it is for
 * @param silence how long they wait before anything happens
 */
record Rule(
    Predicate<RecordedRequest> isMeant,
    AtomicInteger left,
    Duration silence,
    Pace pace,
    BiFunction<RecordedRequest, Pace, Verdict> outcome) {
  /** Whether a request is one of them; it then counts. */
  boolean takes(RecordedRequest request) {
    return isMeant.test(request) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  Verdict apply(RecordedRequest request) throws InterruptedException {
    Thread.sleep(silence);
    return outcome.apply(request, pace);
  }
}
