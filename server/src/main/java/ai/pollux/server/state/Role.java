package ai.pollux.server.state;

/** What a key may do; each may what those before may. */
public enum Role {
  /** Reads what its project has. */
  VIEWER,
  /** Asks models, and makes and deletes what belongs to its project. */
  DEVELOPER,
  /** Makes and revokes keys, reads logs, of all projects. */
  ADMIN;

  /** Whether this role may do what takes {@code other}. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
