package ai.pollux.junit;

import ai.pollux.library.PolluxOptions;
import java.net.URI;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts a {@link PolluxServer} before the first test that wants it and closes it after the last
 * one of the run; tests with the same options share it. Before each test, what an earlier one
 * scripted and recorded is forgotten. Parameters of tests may be a {@link PolluxServer} or its
 * {@link URI}.
 *
 * <p>While a class runs, the system properties {@code GOOGLE_GEMINI_BASE_URL}, {@code
 * GEMINI_API_KEY} and {@code GOOGLE_API_KEY} are set, and where Google's Java SDK is on the class
 * path, clients without a base URL of their own go to the server.
 *
 * <p>Tests of one server that run at the same time see each other's scripts: let them run one after
 * the other, or start a {@link PolluxServer} for each.
 */
public final class PolluxExtension
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, ParameterResolver {
  /** Of draws where a request has none. */
  public static final long SEED = 7;

  private static final Namespace NAMESPACE = Namespace.create(PolluxExtension.class);

  private final PolluxOptions options;

  /** With the model that comes with Pollux. */
  public PolluxExtension() {
    this(PolluxOptions.BUNDLED.withSeed(SEED));
  }

  /** With another model, or another seed: for {@code @RegisterExtension} on a static field. */
  public PolluxExtension(PolluxOptions options) {
    this.options = options;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ExtensionContext.Store store = context.getStore(NAMESPACE);
    // Not for a class within one that has set them already: it would put them back too early.
    if (store.get(Surroundings.class) == null) {
      store.put(Surroundings.class, Surroundings.set(server(context)));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Surroundings before =
        context.getStore(NAMESPACE).remove(Surroundings.class, Surroundings.class);
    if (before != null) {
      before.restore();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    server(context).reset();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == PolluxServer.class || type == URI.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    PolluxServer server = server(context);
    return parameter.getParameter().getType() == URI.class ? server.url() : server;
  }

  /** One for each set of options; JUnit closes it at the end of the run. */
  private PolluxServer server(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(options, PolluxServer::start, PolluxServer.class);
  }
}
