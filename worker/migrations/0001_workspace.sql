-- The whole of a workspace: people, cycles, OKRs, KPIs, initiatives, reviews, keys and the log.
--
-- Conventions
--   Every table carries organisation_id and every query filters on it.
--   Ids are text (version 7 UUIDs, so they sort by time). Timestamps are `2026-04-19T12:00:00Z`,
--   dates `2026-04-19`; `…_on` is a date in the workspace's own time zone.
--   Rows with deleted_at are gone for every reader; they stay so that a delete can be undone.
--   What a list shows is kept on the listed row when it is written: reads never grow with history.

CREATE TABLE organisations (
  id          TEXT NOT NULL PRIMARY KEY,
  -- 8 base62 characters, part of each of its API keys: they name its Durable Object.
  tag         TEXT NOT NULL UNIQUE CHECK (length(tag) = 8),
  name        TEXT NOT NULL,
  timezone    TEXT NOT NULL DEFAULT 'UTC',
  -- Rises by one with every committed write. ETags are made of it.
  revision    INTEGER NOT NULL DEFAULT 1,
  created_at  TEXT NOT NULL
);

CREATE TABLE departments (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name            TEXT NOT NULL,
  manager_id      TEXT REFERENCES members (id),
  archived_at     TEXT
);
CREATE INDEX departments_of_organisation ON departments (organisation_id, name);

CREATE TABLE teams (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  department_id   TEXT REFERENCES departments (id),
  name            TEXT NOT NULL,
  manager_id      TEXT REFERENCES members (id),
  archived_at     TEXT
);
CREATE INDEX teams_of_organisation ON teams (organisation_id, name);

CREATE TABLE members (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  email           TEXT NOT NULL COLLATE NOCASE,
  name            TEXT NOT NULL,
  role            TEXT NOT NULL CHECK (role IN ('admin', 'manager', 'member')),
  department_id   TEXT REFERENCES departments (id),
  -- `pbkdf2-sha256$rounds$salt$hash`; null for people who only sign in elsewhere.
  password_hash   TEXT,
  -- A disabled member can't sign in, but still names what they own.
  disabled_at     TEXT,
  created_at      TEXT NOT NULL,
  UNIQUE (organisation_id, email)
);

CREATE TABLE team_members (
  team_id         TEXT NOT NULL REFERENCES teams (id),
  member_id       TEXT NOT NULL REFERENCES members (id),
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  PRIMARY KEY (team_id, member_id)
) WITHOUT ROWID;
CREATE INDEX teams_of_member ON team_members (member_id);

CREATE TABLE cycles (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name            TEXT NOT NULL,
  start_date      TEXT NOT NULL,
  end_date        TEXT NOT NULL CHECK (end_date >= start_date),
  archived_at     TEXT,
  created_at      TEXT NOT NULL,
  -- GET /okrs names the cycle: the name has to identify it.
  UNIQUE (organisation_id, name)
);
CREATE INDEX cycles_newest_first ON cycles (organisation_id, start_date DESC, id DESC);

CREATE TABLE okrs (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  cycle_id        TEXT NOT NULL REFERENCES cycles (id),
  -- The OKR it is aligned to.
  parent_id       TEXT REFERENCES okrs (id),
  title           TEXT NOT NULL,
  description     TEXT,
  type            TEXT NOT NULL CHECK (type IN ('org', 'department', 'team')),
  owner_id        TEXT REFERENCES members (id),
  department_id   TEXT REFERENCES departments (id),
  team_id         TEXT REFERENCES teams (id),
  visibility      TEXT NOT NULL CHECK (visibility IN ('organisation', 'department', 'team')),
  created_at      TEXT NOT NULL,
  updated_at      TEXT NOT NULL,
  deleted_at      TEXT
);
CREATE INDEX okrs_newest_first ON okrs (organisation_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;

CREATE TABLE key_results (
  id                   TEXT NOT NULL PRIMARY KEY,
  organisation_id      TEXT NOT NULL REFERENCES organisations (id),
  okr_id               TEXT NOT NULL REFERENCES okrs (id),
  title                TEXT NOT NULL,
  metric_type          TEXT NOT NULL CHECK (metric_type IN ('number', 'percentage', 'currency', 'boolean')),
  start_value          REAL NOT NULL,
  target_value         REAL NOT NULL,
  current_value        REAL NOT NULL,
  unit                 TEXT,
  -- Its share in the objective's progress and health.
  weight               REAL NOT NULL DEFAULT 1 CHECK (weight >= 0),
  owner_id             TEXT REFERENCES members (id),
  -- As the last check-in left it; v1 knows no `blocked` here, so that is a flag of its own.
  status               TEXT NOT NULL CHECK (status IN ('not_started', 'on_track', 'at_risk', 'off_track')),
  blocked              INTEGER NOT NULL DEFAULT 0,
  -- What health needs of the history, so that lists never read it.
  last_check_in_at     TEXT,
  last_check_in_on     TEXT,
  last_check_in_status TEXT CHECK (last_check_in_status IN ('on_track', 'at_risk', 'off_track', 'blocked')),
  check_in_count       INTEGER NOT NULL DEFAULT 0,
  -- The last six check-ins, oldest first: [["2026-04-12", 41.5], …]. Velocity is their slope.
  recent_check_ins     TEXT NOT NULL DEFAULT '[]',
  created_on           TEXT NOT NULL,
  created_at           TEXT NOT NULL,
  updated_at           TEXT NOT NULL,
  deleted_at           TEXT
);
CREATE INDEX key_results_of_okr ON key_results (okr_id, created_at, id) WHERE deleted_at IS NULL;

CREATE TABLE check_ins (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  okr_id          TEXT NOT NULL REFERENCES okrs (id),
  key_result_id   TEXT NOT NULL REFERENCES key_results (id),
  value           REAL NOT NULL,
  -- Null for an `edit`: the current value was changed without a check-in.
  status          TEXT CHECK (status IN ('on_track', 'at_risk', 'off_track', 'blocked')),
  comment         TEXT,
  blocker_note    TEXT,
  source          TEXT NOT NULL DEFAULT 'check_in' CHECK (source IN ('check_in', 'edit')),
  created_by      TEXT REFERENCES members (id),
  created_at      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX check_ins_of_key_result ON check_ins (key_result_id, created_at, id);

CREATE TABLE kpis (
  id               TEXT NOT NULL PRIMARY KEY,
  organisation_id  TEXT NOT NULL REFERENCES organisations (id),
  name             TEXT NOT NULL,
  description      TEXT,
  owner_id         TEXT REFERENCES members (id),
  team_id          TEXT REFERENCES teams (id),
  category         TEXT NOT NULL CHECK (category IN ('acquisition', 'conversion', 'retention', 'revenue', 'custom')),
  group_name       TEXT,
  current_value    REAL,
  target_value     REAL,
  unit             TEXT,
  update_frequency TEXT NOT NULL CHECK (update_frequency IN ('weekly', 'monthly', 'quarterly')),
  direction        TEXT NOT NULL CHECK (direction IN ('higher', 'lower')),
  -- Null until the first update: creating it with a value is not an update.
  last_updated_at  TEXT,
  -- The day that "overdue" counts from: of the last update, else of the creation.
  measured_on      TEXT NOT NULL,
  created_by       TEXT REFERENCES members (id),
  created_at       TEXT NOT NULL,
  updated_at       TEXT NOT NULL,
  deleted_at       TEXT
);
CREATE INDEX kpis_newest_first ON kpis (organisation_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;

CREATE TABLE kpi_updates (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  kpi_id          TEXT NOT NULL REFERENCES kpis (id),
  previous_value  REAL,
  new_value       REAL NOT NULL,
  comment         TEXT,
  created_by      TEXT REFERENCES members (id),
  created_at      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX kpi_updates_of_kpi ON kpi_updates (kpi_id, created_at, id);

CREATE TABLE initiatives (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  title           TEXT NOT NULL,
  description     TEXT,
  status          TEXT NOT NULL CHECK (status IN ('todo', 'in_progress', 'done', 'blocked')),
  priority        TEXT CHECK (priority IN ('p0', 'p1', 'p2', 'p3')),
  start_date      TEXT,
  end_date        TEXT,
  owner_id        TEXT REFERENCES members (id),
  okr_id          TEXT REFERENCES okrs (id),
  created_at      TEXT NOT NULL,
  updated_at      TEXT NOT NULL,
  deleted_at      TEXT,
  CHECK (end_date >= start_date)
);
CREATE INDEX initiatives_newest_first ON initiatives (organisation_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX initiatives_of_okr ON initiatives (okr_id);

-- v1 shows one key result per initiative; the table leaves room for more.
CREATE TABLE initiative_key_results (
  initiative_id   TEXT NOT NULL REFERENCES initiatives (id),
  key_result_id   TEXT NOT NULL REFERENCES key_results (id),
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  PRIMARY KEY (initiative_id, key_result_id)
) WITHOUT ROWID;
CREATE INDEX initiatives_of_key_result ON initiative_key_results (key_result_id);

CREATE TABLE review_cycles (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name            TEXT NOT NULL,
  status          TEXT NOT NULL,
  due_date        TEXT,
  created_at      TEXT NOT NULL,
  deleted_at      TEXT
);
CREATE INDEX review_cycles_newest_first ON review_cycles (organisation_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;

CREATE TABLE reviews (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  review_cycle_id TEXT NOT NULL REFERENCES review_cycles (id),
  reviewee_id     TEXT NOT NULL REFERENCES members (id),
  reviewer_id     TEXT NOT NULL REFERENCES members (id),
  type            TEXT NOT NULL,
  status          TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'shared')),
  shared_at       TEXT,
  created_at      TEXT NOT NULL,
  updated_at      TEXT NOT NULL
);
CREATE INDEX reviews_of_cycle ON reviews (review_cycle_id, reviewee_id);

CREATE TABLE review_answers (
  review_id       TEXT NOT NULL REFERENCES reviews (id),
  position        INTEGER NOT NULL,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  question        TEXT NOT NULL,
  answer          TEXT NOT NULL,
  PRIMARY KEY (review_id, position)
) WITHOUT ROWID;

-- Apart from the answers, so that no query for a summary can pick one up by mistake.
CREATE TABLE review_private_notes (
  review_id       TEXT NOT NULL PRIMARY KEY REFERENCES reviews (id),
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  note            TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE api_keys (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name            TEXT NOT NULL,
  -- SHA-256 of the key in hexadecimal; the key itself is shown once and kept nowhere.
  hash            TEXT NOT NULL UNIQUE,
  prefix          TEXT NOT NULL,
  last_four       TEXT NOT NULL,
  -- Canonical spellings, separated by spaces.
  scopes          TEXT NOT NULL,
  requests_per_minute INTEGER NOT NULL DEFAULT 60,
  created_by      TEXT REFERENCES members (id),
  created_at      TEXT NOT NULL,
  expires_at      TEXT,
  revoked_at      TEXT
);
CREATE INDEX api_keys_of_organisation ON api_keys (organisation_id);

-- Append-only. Every write puts its row here first, under all its conditions; the rest of the
-- batch takes effect only if that row exists.
CREATE TABLE audit_log (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id              TEXT NOT NULL,
  at              TEXT NOT NULL,
  -- The key or the member's session that did it.
  api_key_id      TEXT,
  member_id       TEXT,
  -- `okr.create`, `key_result.check_in`, …
  action          TEXT NOT NULL,
  subject_id      TEXT NOT NULL,
  -- The row as it was, and what was asked for: JSON.
  before          TEXT,
  after           TEXT,
  PRIMARY KEY (organisation_id, id)
) WITHOUT ROWID;
CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- Answers of POST requests that carried an Idempotency-Key, for 24 hours.
CREATE TABLE idempotency_keys (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  api_key_id      TEXT NOT NULL,
  key             TEXT NOT NULL,
  -- SHA-256 of method, path and body: another request under the same key is refused.
  request_hash    TEXT NOT NULL,
  body            TEXT NOT NULL,
  created_at      TEXT NOT NULL,
  PRIMARY KEY (organisation_id, api_key_id, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_keys_oldest_first ON idempotency_keys (organisation_id, created_at);
