package ai.pollux.assistant.store;

import java.util.Optional;

/**
 * A file of a repository.
 *
 * @param path within the repository, with slashes
 * @param size in bytes
 * @param sha256 of its content; the hub knows it for large files only
 * @param gitId the SHA-1 that git gives its content
 */
record HubFile(String path, long size, Optional<String> sha256, String gitId) {
  /** What its content is called in the store: files of the same content share it. */
  String blob() {
    return sha256.orElse("git-" + gitId);
  }
}
