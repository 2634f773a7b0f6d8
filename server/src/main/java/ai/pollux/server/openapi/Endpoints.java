package ai.pollux.server.openapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All endpoints of a server, to be found by a request's method and path. */
public final class Endpoints {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final String VERSIONS = "/(?:v1|v1beta|v1alpha)/";

  /** Beginnings of paths by which other clients mean the same: Vertex' and OpenAI's. */
  private static final List<Alias> ALIASES =
      List.of(
          new Alias(
              "/(?:v1|v1beta1)/(?:projects/[^/]+/locations/[^/]+/)?publishers/google/", "/v1beta/"),
          new Alias(
              "/(?:v1|v1beta1)/projects/[^/]+/locations/[^/]+/endpoints/openapi/",
              "/v1beta/openai/"),
          new Alias("/openai/v1/", "/v1beta/openai/"),
          new Alias("/v1/(?=chat/completions|responses|embeddings)", "/v1beta/openai/"));

  private final List<Endpoint> all;
  private final List<Route> routes;

  private record Alias(Pattern other, String own) {
    Alias(String other, String own) {
      this(Pattern.compile("^" + other), own);
    }
  }

  /** An endpoint and the paths that mean it. */
  private record Route(Endpoint endpoint, Pattern paths) {}

  /**
   * These endpoints.
   *
   * @throws IllegalArgumentException if two have the same id
   */
  public Endpoints(List<Endpoint> endpoints) {
    Set<String> ids = new HashSet<>();
    for (Endpoint endpoint : endpoints) {
      if (!ids.add(endpoint.id())) {
        throw new IllegalArgumentException(
            "two endpoints are called " + endpoint.id() + "; give one another id");
      }
    }
    all = List.copyOf(endpoints);
    // The path that says most comes first: files/{file}:download before files/{file}.
    Comparator<Endpoint> most =
        Comparator.comparingInt(
            endpoint -> -PARAMETER.matcher(endpoint.path()).replaceAll("").length());
    routes =
        endpoints.stream()
            .sorted(most)
            .map(endpoint -> new Route(endpoint, paths(endpoint.path())))
            .toList();
  }

  /** All of them, in order. */
  public List<Endpoint> all() {
    return all;
  }

  /** Which endpoint a request with a decoded path asks for, if it is one of these. */
  public Optional<Endpoint> find(String method, String path) {
    String single = plain(path);
    return routes.stream()
        .filter(route -> route.endpoint().method().equals(method))
        .filter(route -> route.paths().matcher(single).matches())
        .map(Route::endpoint)
        .findFirst();
  }

  private static String plain(String path) {
    String plain = path.replaceAll("/{2,}", "/");
    for (Alias alias : ALIASES) {
      plain = alias.other().matcher(plain).replaceFirst(alias.own());
    }
    return plain;
  }

  /** The names in braces. */
  static List<String> parameters(String path) {
    return PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
  }

  private static Pattern paths(String template) {
    List<String> literals = new ArrayList<>();
    Matcher parameters = PARAMETER.matcher(template);
    int end = 0;
    while (parameters.find()) {
      literals.add(literal(template.substring(end, parameters.start())));
      end = parameters.end();
    }
    literals.add(literal(template.substring(end)));
    return Pattern.compile(String.join("(.+)", literals) + "/?");
  }

  private static String literal(String text) {
    return List.of(text.split("/v1beta/", -1)).stream()
        .map(Pattern::quote)
        .reduce((left, right) -> left + VERSIONS + right)
        .orElse("");
  }
}
