CREATE TABLE interactions (
  id TEXT PRIMARY KEY,
  project TEXT NOT NULL,
  previous TEXT,
  status TEXT NOT NULL,
  request TEXT,
  input TEXT NOT NULL,
  output TEXT NOT NULL,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  owner TEXT,
  lease BIGINT
);
CREATE INDEX interactions_status ON interactions (status);
