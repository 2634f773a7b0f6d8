-- Times are milliseconds since 1970; one dialect for SQLite and PostgreSQL.
CREATE TABLE projects (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created BIGINT NOT NULL
);
INSERT INTO projects (id, name, created) VALUES ('default', 'Default', 0);

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  project TEXT NOT NULL REFERENCES projects (id),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  hint TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  requests_per_minute BIGINT,
  requests_per_day BIGINT,
  tokens_per_minute BIGINT,
  tokens_per_day BIGINT,
  concurrent_requests BIGINT,
  created BIGINT NOT NULL,
  revoked BIGINT
);

CREATE TABLE usage_windows (
  api_key TEXT NOT NULL,
  span TEXT NOT NULL,
  start BIGINT NOT NULL,
  requests BIGINT NOT NULL,
  tokens BIGINT NOT NULL,
  PRIMARY KEY (api_key, span, start)
);

CREATE TABLE audit (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  project TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  outcome TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at);

CREATE TABLE requests (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  api_key TEXT NOT NULL,
  project TEXT NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  status INTEGER NOT NULL,
  millis BIGINT NOT NULL,
  prompt_tokens BIGINT NOT NULL,
  answer_tokens BIGINT NOT NULL
);
CREATE INDEX requests_at ON requests (at);
