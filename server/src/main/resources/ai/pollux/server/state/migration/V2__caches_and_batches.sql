CREATE TABLE caches (
  id TEXT PRIMARY KEY,
  project TEXT NOT NULL,
  model TEXT NOT NULL,
  display_name TEXT NOT NULL,
  content TEXT NOT NULL,
  tokens BIGINT NOT NULL,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  expires BIGINT NOT NULL
);

CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  project TEXT NOT NULL,
  model TEXT NOT NULL,
  kind TEXT NOT NULL,
  display_name TEXT NOT NULL,
  input_file TEXT,
  output_file TEXT,
  priority BIGINT NOT NULL,
  state TEXT NOT NULL,
  error TEXT,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  ended BIGINT,
  owner TEXT,
  lease BIGINT
);
CREATE INDEX batches_state ON batches (state);

CREATE TABLE batch_rows (
  batch TEXT NOT NULL,
  position BIGINT NOT NULL,
  label TEXT,
  metadata TEXT,
  request TEXT NOT NULL,
  outcome TEXT,
  is_error INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (batch, position)
);
