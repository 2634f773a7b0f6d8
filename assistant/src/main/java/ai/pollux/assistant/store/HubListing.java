package ai.pollux.assistant.store;

import java.util.List;

/**
 * What a repository holds.
 *
 * @param commit which state of it
 * @param files all files
 */
record HubListing(String commit, List<HubFile> files) {
  HubListing {
    files = List.copyOf(files);
  }
}
