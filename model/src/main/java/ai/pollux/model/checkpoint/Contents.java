package ai.pollux.model.checkpoint;

import java.util.Map;

/** What a reader found: entries by name in the order of the file, and metadata. */
record Contents(Checkpoint.Kind kind, Map<String, Entry> entries, Metadata metadata) {}
