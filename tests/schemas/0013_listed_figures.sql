CREATE TABLE api_keys (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name            TEXT NOT NULL,
  hash            TEXT NOT NULL UNIQUE,
  prefix          TEXT NOT NULL,
  last_four       TEXT NOT NULL,
  scopes          TEXT NOT NULL,
  requests_per_minute INTEGER NOT NULL DEFAULT 60,
  created_by      TEXT REFERENCES members (id),
  created_at      TEXT NOT NULL,
  expires_at      TEXT,
  revoked_at      TEXT
, replaces_id TEXT REFERENCES api_keys (id), revoked_by TEXT REFERENCES members (id), usage_forgotten_at TEXT);
CREATE TABLE audit_log (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id              TEXT NOT NULL,
  at              TEXT NOT NULL,
  api_key_id      TEXT,
  member_id       TEXT,
  action          TEXT NOT NULL,
  subject_id      TEXT NOT NULL,
  before          TEXT,
  after           TEXT,
  PRIMARY KEY (organisation_id, id)
) WITHOUT ROWID;
CREATE TABLE "check_ins" (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  okr_id          TEXT NOT NULL REFERENCES okrs (id),
  key_result_id   TEXT NOT NULL REFERENCES key_results (id),
  value           REAL NOT NULL,
  status          TEXT CHECK (status IN ('on_track', 'at_risk', 'off_track', 'blocked')),
  comment         TEXT,
  blocker_note    TEXT,
  source          TEXT NOT NULL DEFAULT 'check_in' CHECK (source IN ('check_in', 'edit', 'poll')),
  created_by      TEXT REFERENCES members (id),
  created_at      TEXT NOT NULL,
  corrected_at    TEXT
, replaced TEXT, sequence INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE comments (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  okr_id          TEXT NOT NULL REFERENCES okrs (id),
  key_result_id   TEXT REFERENCES key_results (id),
  text            TEXT NOT NULL,
  created_by      TEXT NOT NULL REFERENCES members (id),
  created_at      TEXT NOT NULL,
  edited_at       TEXT,
  deleted_at      TEXT
) WITHOUT ROWID;
CREATE TABLE cycles (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name            TEXT NOT NULL,
  start_date      TEXT NOT NULL,
  end_date        TEXT NOT NULL CHECK (end_date >= start_date),
  archived_at     TEXT,
  created_at      TEXT NOT NULL,
  UNIQUE (organisation_id, name)
);
CREATE TABLE departments (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name            TEXT NOT NULL,
  manager_id      TEXT REFERENCES members (id),
  archived_at     TEXT
);
CREATE TABLE idempotency_keys (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  api_key_id      TEXT NOT NULL,
  key             TEXT NOT NULL,
  request_hash    TEXT NOT NULL,
  body            TEXT NOT NULL,
  created_at      TEXT NOT NULL,
  PRIMARY KEY (organisation_id, api_key_id, key)
) WITHOUT ROWID;
CREATE TABLE identities (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  issuer          TEXT NOT NULL,
  subject         TEXT NOT NULL,
  member_id       TEXT NOT NULL REFERENCES members (id),
  created_at      TEXT NOT NULL,
  PRIMARY KEY (organisation_id, issuer, subject)
) WITHOUT ROWID;
CREATE TABLE initiative_key_results (
  initiative_id   TEXT NOT NULL REFERENCES initiatives (id),
  key_result_id   TEXT NOT NULL REFERENCES key_results (id),
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  PRIMARY KEY (initiative_id, key_result_id)
) WITHOUT ROWID;
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
  deleted_at      TEXT, folded TEXT,
  CHECK (end_date >= start_date)
);
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
  weight               REAL NOT NULL DEFAULT 1 CHECK (weight >= 0),
  owner_id             TEXT REFERENCES members (id),
  status               TEXT NOT NULL CHECK (status IN ('not_started', 'on_track', 'at_risk', 'off_track')),
  blocked              INTEGER NOT NULL DEFAULT 0,
  last_check_in_at     TEXT,
  last_check_in_on     TEXT,
  last_check_in_status TEXT CHECK (last_check_in_status IN ('on_track', 'at_risk', 'off_track', 'blocked')),
  check_in_count       INTEGER NOT NULL DEFAULT 0,
  recent_check_ins     TEXT NOT NULL DEFAULT '[]',
  created_on           TEXT NOT NULL,
  created_at           TEXT NOT NULL,
  updated_at           TEXT NOT NULL,
  deleted_at           TEXT
, check_in_weeks INTEGER NOT NULL DEFAULT 0, folded TEXT);
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
  last_updated_at  TEXT,
  measured_on      TEXT NOT NULL,
  created_by       TEXT REFERENCES members (id),
  created_at       TEXT NOT NULL,
  updated_at       TEXT NOT NULL,
  deleted_at       TEXT
, folded TEXT, listed_status TEXT CHECK (listed_status IN ('not_started', 'on_track', 'at_risk', 'off_track')));
CREATE TABLE members (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  email           TEXT NOT NULL COLLATE NOCASE,
  name            TEXT NOT NULL,
  role            TEXT NOT NULL CHECK (role IN ('admin', 'manager', 'member')),
  department_id   TEXT REFERENCES departments (id),
  password_hash   TEXT,
  disabled_at     TEXT,
  created_at      TEXT NOT NULL, joined_at TEXT, upstream_id TEXT, last_seen_on TEXT, folded TEXT,
  UNIQUE (organisation_id, email)
);
CREATE TABLE notifications (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  member_id       TEXT NOT NULL REFERENCES members (id),
  kind            TEXT NOT NULL,
  subject_id      TEXT NOT NULL,
  text            TEXT NOT NULL,
  created_by      TEXT REFERENCES members (id),
  created_at      TEXT NOT NULL,
  read_at         TEXT
) WITHOUT ROWID;
CREATE TABLE okrs (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  cycle_id        TEXT NOT NULL REFERENCES cycles (id),
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
, archived_at TEXT, weight REAL NOT NULL DEFAULT 1 CHECK (weight >= 0), comment_count INTEGER NOT NULL DEFAULT 0, cloned_from_id TEXT REFERENCES okrs (id), visibility_known INTEGER NOT NULL DEFAULT 1, folded TEXT, listed_status TEXT CHECK (listed_status IN ('not_started', 'on_track', 'at_risk', 'off_track')), listed_health INTEGER);
CREATE TABLE organisations (
  id          TEXT NOT NULL PRIMARY KEY,
  tag         TEXT NOT NULL UNIQUE CHECK (length(tag) = 8),
  name        TEXT NOT NULL,
  timezone    TEXT NOT NULL DEFAULT 'UTC',
  revision    INTEGER NOT NULL DEFAULT 1,
  created_at  TEXT NOT NULL
, week_start TEXT NOT NULL DEFAULT 'monday' CHECK (week_start IN ('monday', 'sunday', 'saturday')), check_in_weekday INTEGER NOT NULL DEFAULT 5 CHECK (check_in_weekday BETWEEN 1 AND 7), rule_params TEXT NOT NULL DEFAULT '{}', unknown_visibility TEXT NOT NULL DEFAULT 'admins_only' CHECK (unknown_visibility IN ('admins_only', 'everyone')), last_change_id TEXT NOT NULL DEFAULT '');
CREATE TABLE password_links (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  member_id       TEXT NOT NULL REFERENCES members (id),
  purpose         TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset')),
  hash            TEXT NOT NULL UNIQUE,
  created_by      TEXT REFERENCES members (id),
  created_at      TEXT NOT NULL,
  expires_at      TEXT NOT NULL,
  used_at         TEXT
);
CREATE TABLE review_answers (
  review_id       TEXT NOT NULL REFERENCES reviews (id),
  position        INTEGER NOT NULL,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  question        TEXT NOT NULL,
  answer          TEXT NOT NULL,
  PRIMARY KEY (review_id, position)
) WITHOUT ROWID;
CREATE TABLE review_cycles (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name            TEXT NOT NULL,
  status          TEXT NOT NULL,
  due_date        TEXT,
  created_at      TEXT NOT NULL,
  deleted_at      TEXT
, questions TEXT NOT NULL DEFAULT '[]', listed_reviewees INTEGER NOT NULL DEFAULT 0);
CREATE TABLE review_private_notes (
  review_id       TEXT NOT NULL PRIMARY KEY REFERENCES reviews (id),
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  note            TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE review_templates (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name            TEXT NOT NULL,
  questions       TEXT NOT NULL,
  created_at      TEXT NOT NULL,
  archived_at     TEXT,
  UNIQUE (organisation_id, name)
);
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
, submitted_at TEXT);
CREATE TABLE sessions (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  member_id       TEXT NOT NULL REFERENCES members (id),
  hash            TEXT NOT NULL UNIQUE,
  method          TEXT NOT NULL,
  user_agent      TEXT,
  created_at      TEXT NOT NULL,
  last_seen_at    TEXT NOT NULL,
  expires_at      TEXT NOT NULL,
  ended_at        TEXT
);
CREATE TABLE target_changes (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  key_result_id   TEXT NOT NULL REFERENCES key_results (id),
  old_target      REAL NOT NULL,
  new_target      REAL NOT NULL,
  reason          TEXT,
  created_by      TEXT REFERENCES members (id),
  created_at      TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE team_members (
  team_id         TEXT NOT NULL REFERENCES teams (id),
  member_id       TEXT NOT NULL REFERENCES members (id),
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  PRIMARY KEY (team_id, member_id)
) WITHOUT ROWID;
CREATE TABLE teams (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  department_id   TEXT REFERENCES departments (id),
  name            TEXT NOT NULL,
  manager_id      TEXT REFERENCES members (id),
  archived_at     TEXT
);
CREATE TABLE versions (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  thing_id        TEXT NOT NULL,
  change_id       TEXT NOT NULL,
  PRIMARY KEY (organisation_id, thing_id)
) WITHOUT ROWID;
INSERT INTO api_keys (id, organisation_id, name, hash, prefix, last_four, scopes, requests_per_minute, created_by, created_at, expires_at, revoked_at, replaces_id, revoked_by, usage_forgotten_at) VALUES ('00-key', '00-org', 'Warehouse', 'set when it is loaded', 'okrt_', '0000', 'okrs:read write:okrs kpis:read kpis:write okr-checkins:write reviews:read', 600, '00-ada', '2024-01-02T08:00:00Z', NULL, NULL, NULL, NULL, NULL);
INSERT INTO audit_log (organisation_id, id, at, api_key_id, member_id, action, subject_id, before, after) VALUES ('00-org', '018cc9a0-0000-7000-8000-000000000001', '2024-01-02T08:00:00Z', NULL, '00-ben', 'okr.create', '00-okr', NULL, '{"title":"Win back the north"}');
INSERT INTO check_ins (id, organisation_id, okr_id, key_result_id, value, status, comment, blocker_note, source, created_by, created_at, corrected_at, replaced, sequence) VALUES ('00-c1', '00-org', '00-okr', '00-visits', 10.0, 'on_track', 'It''s a start; more to come', NULL, 'check_in', '00-ben', '2024-01-12T15:00:00Z', NULL, NULL, 1);
INSERT INTO check_ins (id, organisation_id, okr_id, key_result_id, value, status, comment, blocker_note, source, created_by, created_at, corrected_at, replaced, sequence) VALUES ('00-c2', '00-org', '00-okr', '00-visits', 25.0, 'at_risk', NULL, 'Snow', 'check_in', '00-ben', '2024-02-09T15:00:00Z', NULL, NULL, 2);
INSERT INTO comments (id, organisation_id, okr_id, key_result_id, text, created_by, created_at, edited_at, deleted_at) VALUES ('00-comment', '00-org', '00-okr', '00-visits', 'Well done', '00-ada', '2024-02-10T08:00:00Z', NULL, NULL);
INSERT INTO cycles (id, organisation_id, name, start_date, end_date, archived_at, created_at) VALUES ('00-q1', '00-org', 'Q1 2024', '2024-01-01', '2024-03-31', NULL, '2023-11-20T09:00:00Z');
INSERT INTO departments (id, organisation_id, name, manager_id, archived_at) VALUES ('00-sales', '00-org', 'Sales', NULL, NULL);
INSERT INTO identities (organisation_id, issuer, subject, member_id, created_at) VALUES ('00-org', 'https://id.fernhill.test', '00-subject', '00-ben', '2024-01-02T08:00:00Z');
INSERT INTO initiative_key_results (initiative_id, key_result_id, organisation_id) VALUES ('00-tour', '00-visits', '00-org');
INSERT INTO initiatives (id, organisation_id, title, description, status, priority, start_date, end_date, owner_id, okr_id, created_at, updated_at, deleted_at, folded) VALUES ('00-tour', '00-org', 'A tour by train', NULL, 'in_progress', 'p1', '2024-01-08', '2024-02-23', '00-ben', '00-okr', '2024-01-04T08:00:00Z', '2024-01-04T08:00:00Z', NULL, NULL);
INSERT INTO key_results (id, organisation_id, okr_id, title, metric_type, start_value, target_value, current_value, unit, weight, owner_id, status, blocked, last_check_in_at, last_check_in_on, last_check_in_status, check_in_count, recent_check_ins, created_on, created_at, updated_at, deleted_at, check_in_weeks, folded) VALUES ('00-visits', '00-org', '00-okr', 'Visits', 'number', 0.0, 40.0, 25.0, 'visits', 2.0, '00-ben', 'at_risk', 0, '2024-02-09T15:00:00Z', '2024-02-09', 'at_risk', 2, '[["2024-01-12",10.0],["2024-02-09",25.0]]', '2024-01-02', '2024-01-02T08:00:00Z', '2024-02-09T15:00:00Z', NULL, 17, NULL);
INSERT INTO key_results (id, organisation_id, okr_id, title, metric_type, start_value, target_value, current_value, unit, weight, owner_id, status, blocked, last_check_in_at, last_check_in_on, last_check_in_status, check_in_count, recent_check_ins, created_on, created_at, updated_at, deleted_at, check_in_weeks, folded) VALUES ('00-report', '00-org', '00-okr', 'The report is out', 'boolean', 0.0, 1.0, 0.0, NULL, 1.0, NULL, 'not_started', 0, NULL, NULL, NULL, 0, '[]', '2024-01-02', '2024-01-02T08:00:01Z', '2024-01-02T08:00:01Z', NULL, 0, NULL);
INSERT INTO kpi_updates (id, organisation_id, kpi_id, previous_value, new_value, comment, created_by, created_at) VALUES ('00-u1', '00-org', '00-kpi', NULL, 2.5, 'As counted', '00-ada', '2024-02-01T08:00:00Z');
INSERT INTO kpis (id, organisation_id, name, description, owner_id, team_id, category, group_name, current_value, target_value, unit, update_frequency, direction, last_updated_at, measured_on, created_by, created_at, updated_at, deleted_at, folded, listed_status) VALUES ('00-kpi', '00-org', 'Churn', NULL, '00-ada', NULL, 'retention', NULL, 2.5, 2.0, '%', 'monthly', 'lower', '2024-02-01T08:00:00Z', '2024-02-01', '00-ada', '2024-01-03T08:00:00Z', '2024-02-01T08:00:00Z', NULL, NULL, NULL);
INSERT INTO members (id, organisation_id, email, name, role, department_id, password_hash, disabled_at, created_at, joined_at, upstream_id, last_seen_on, folded) VALUES ('00-ada', '00-org', 'ada@fernhill.test', 'Ada', 'admin', '00-sales', NULL, NULL, '2023-11-20T09:00:00Z', '2023-11-20T09:00:00Z', NULL, '2024-03-10', NULL);
INSERT INTO members (id, organisation_id, email, name, role, department_id, password_hash, disabled_at, created_at, joined_at, upstream_id, last_seen_on, folded) VALUES ('00-ben', '00-org', 'ben@fernhill.test', 'Ben', 'member', '00-sales', NULL, NULL, '2023-11-20T09:00:00Z', '2023-11-20T09:00:00Z', NULL, NULL, NULL);
INSERT INTO notifications (id, organisation_id, member_id, kind, subject_id, text, created_by, created_at, read_at) VALUES ('00-notice', '00-org', '00-ben', 'comment', '00-okr', 'Well done', '00-ada', '2024-02-10T08:00:00Z', NULL);
INSERT INTO okrs (id, organisation_id, cycle_id, parent_id, title, description, type, owner_id, department_id, team_id, visibility, created_at, updated_at, deleted_at, archived_at, weight, comment_count, cloned_from_id, visibility_known, folded, listed_status, listed_health) VALUES ('00-okr', '00-org', '00-q1', NULL, 'Win back the north', 'They left; why?', 'team', '00-ben', '00-sales', '00-field', 'organisation', '2024-01-02T08:00:00Z', '2024-01-02T08:00:00Z', NULL, NULL, 1.0, 1, NULL, 1, NULL, NULL, NULL);
INSERT INTO organisations (id, tag, name, timezone, revision, created_at, week_start, check_in_weekday, rule_params, unknown_visibility, last_change_id) VALUES ('00-org', 'Frozen00', 'Fernhill', 'Europe/Berlin', 1, '2023-11-20T09:00:00Z', 'monday', 5, '{}', 'admins_only', '5bb7b3c0ed31fde04fbb2e974859f597');
INSERT INTO password_links (id, organisation_id, member_id, purpose, hash, created_by, created_at, expires_at, used_at) VALUES ('00-link', '00-org', '00-ben', 'invitation', '00-hash of a link', '00-ada', '2023-11-20T09:00:00Z', '2023-11-27T09:00:00Z', '2023-11-21T09:00:00Z');
INSERT INTO review_answers (review_id, position, organisation_id, question, answer) VALUES ('00-review', 0, '00-org', 'What went well?', 'The tour');
INSERT INTO review_cycles (id, organisation_id, name, status, due_date, created_at, deleted_at, questions, listed_reviewees) VALUES ('00-spring', '00-org', 'Spring', 'active', '2024-03-15', '2024-02-20T08:00:00Z', NULL, '[]', 0);
INSERT INTO review_private_notes (review_id, organisation_id, note) VALUES ('00-review', '00-org', 'Ask about the trains');
INSERT INTO review_templates (id, organisation_id, name, questions, created_at, archived_at) VALUES ('00-template', '00-org', 'Short', '[{"text":"What went well?","kind":"text"}]', '2024-02-20T08:00:00Z', NULL);
INSERT INTO reviews (id, organisation_id, review_cycle_id, reviewee_id, reviewer_id, type, status, shared_at, created_at, updated_at, submitted_at) VALUES ('00-review', '00-org', '00-spring', '00-ben', '00-ada', 'manager', 'shared', '2024-03-10T08:00:00Z', '2024-02-20T08:00:00Z', '2024-03-10T08:00:00Z', NULL);
INSERT INTO sessions (id, organisation_id, member_id, hash, method, user_agent, created_at, last_seen_at, expires_at, ended_at) VALUES ('00-session', '00-org', '00-ada', 'set when it is loaded', 'password', NULL, '2024-01-02T08:00:00Z', '2024-03-10T08:00:00Z', '2124-01-01T00:00:00Z', NULL);
INSERT INTO target_changes (id, organisation_id, key_result_id, old_target, new_target, reason, created_by, created_at) VALUES ('00-target', '00-org', '00-visits', 30.0, 40.0, 'It went well', '00-ben', '2024-01-20T08:00:00Z');
INSERT INTO team_members (team_id, member_id, organisation_id) VALUES ('00-field', '00-ben', '00-org');
INSERT INTO teams (id, organisation_id, department_id, name, manager_id, archived_at) VALUES ('00-field', '00-org', '00-sales', 'Field', '00-ben', NULL);
CREATE INDEX api_keys_of_organisation ON api_keys (organisation_id);
CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_log_is_never_deleted BEFORE DELETE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE INDEX audit_log_of_subject ON audit_log (organisation_id, subject_id, id);
CREATE TRIGGER changes_are_the_last AFTER INSERT ON audit_log
WHEN NEW.action NOT IN ('access.denied', 'sign_in.failed', 'upstream.accepted')
BEGIN
  UPDATE organisations SET revision = revision + 1, last_change_id = NEW.id WHERE id = NEW.organisation_id;
  INSERT INTO versions (organisation_id, thing_id, change_id) VALUES (NEW.organisation_id, NEW.subject_id, NEW.id)
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id;
END;
CREATE TRIGGER check_ins_have_a_sequence AFTER INSERT ON check_ins
WHEN NEW.sequence = 0
BEGIN
  UPDATE check_ins SET sequence = 1 + (SELECT MAX(sequence) FROM check_ins WHERE key_result_id = NEW.key_result_id)
  WHERE id = NEW.id;
END;
CREATE UNIQUE INDEX check_ins_in_order ON check_ins (key_result_id, sequence);
CREATE TRIGGER check_ins_lose_versions AFTER DELETE ON check_ins
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE INDEX check_ins_of_okr ON check_ins (okr_id);
CREATE INDEX comments_deleted ON comments (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE TRIGGER comments_lose_versions AFTER DELETE ON comments
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE INDEX comments_of_any_okr ON comments (okr_id);
CREATE INDEX comments_of_key_result ON comments (key_result_id) WHERE key_result_id IS NOT NULL;
CREATE INDEX comments_of_okr ON comments (okr_id, created_at, id) WHERE deleted_at IS NULL;
CREATE TRIGGER cycles_have_versions AFTER UPDATE OF name, start_date, end_date, archived_at ON cycles
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE INDEX cycles_newest_first ON cycles (organisation_id, start_date DESC, id DESC);
CREATE TRIGGER departments_have_versions AFTER UPDATE OF name, manager_id, archived_at ON departments
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE INDEX departments_of_organisation ON departments (organisation_id, name);
CREATE INDEX idempotency_keys_oldest_first ON idempotency_keys (organisation_id, created_at);
CREATE INDEX identities_of_member ON identities (member_id);
CREATE INDEX initiatives_by_words ON initiatives (organisation_id, created_at DESC, id DESC, folded)
  WHERE deleted_at IS NULL;
CREATE TRIGGER initiatives_change_words AFTER UPDATE OF title, description ON initiatives
WHEN OLD.title <> NEW.title OR OLD.description IS NOT NEW.description
BEGIN
  UPDATE initiatives SET folded = NULL WHERE id = NEW.id;
END;
CREATE INDEX initiatives_deleted ON initiatives (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE TRIGGER initiatives_have_versions AFTER UPDATE OF title, description, status, priority, start_date,
  end_date, owner_id, okr_id, deleted_at ON initiatives
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER initiatives_lose_versions AFTER DELETE ON initiatives
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE INDEX initiatives_newest_first ON initiatives (organisation_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX initiatives_of_key_result ON initiative_key_results (key_result_id);
CREATE INDEX initiatives_of_okr ON initiatives (okr_id);
CREATE INDEX initiatives_of_owner ON initiatives (organisation_id, owner_id, created_at DESC, id DESC)
  WHERE deleted_at IS NULL;
CREATE INDEX initiatives_unfolded ON initiatives (organisation_id) WHERE folded IS NULL AND deleted_at IS NULL;
CREATE INDEX key_results_by_words ON key_results (organisation_id, created_at DESC, id DESC, folded)
  WHERE deleted_at IS NULL;
CREATE TRIGGER key_results_change_words AFTER UPDATE OF title ON key_results
WHEN OLD.title <> NEW.title
BEGIN
  UPDATE key_results SET folded = NULL WHERE id = NEW.id;
END;
CREATE INDEX key_results_deleted ON key_results (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE TRIGGER key_results_have_versions AFTER UPDATE OF okr_id, title, metric_type, start_value, target_value,
  current_value, unit, weight, owner_id, status, blocked, deleted_at ON key_results
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER key_results_keep_check_in_weeks AFTER UPDATE OF last_check_in_on ON key_results
WHEN NEW.last_check_in_on IS NOT NULL
BEGIN
  UPDATE key_results SET check_in_weeks = 1 | (4294967295 & (OLD.check_in_weeks <<
    min(32, COALESCE(CAST((julianday(NEW.last_check_in_on) - 2440591.5) / 7 AS INTEGER)
                     - CAST((julianday(OLD.last_check_in_on) - 2440591.5) / 7 AS INTEGER), 0))))
  WHERE id = NEW.id;
END;
CREATE TRIGGER key_results_lose_versions AFTER DELETE ON key_results
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE INDEX key_results_of_any_okr ON key_results (okr_id);
CREATE INDEX key_results_of_okr ON key_results (okr_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX key_results_of_owner ON key_results (owner_id) WHERE deleted_at IS NULL;
CREATE INDEX key_results_unfolded ON key_results (organisation_id) WHERE folded IS NULL AND deleted_at IS NULL;
CREATE INDEX kpi_updates_of_kpi ON kpi_updates (kpi_id, created_at, id);
CREATE INDEX kpis_by_words ON kpis (organisation_id, created_at DESC, id DESC, folded) WHERE deleted_at IS NULL;
CREATE TRIGGER kpis_change_words AFTER UPDATE OF name, description ON kpis
WHEN OLD.name <> NEW.name OR OLD.description IS NOT NEW.description
BEGIN
  UPDATE kpis SET folded = NULL WHERE id = NEW.id;
END;
CREATE INDEX kpis_deleted ON kpis (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE TRIGGER kpis_have_versions AFTER UPDATE OF name, description, owner_id, team_id, category, group_name,
  current_value, target_value, unit, update_frequency, direction, deleted_at ON kpis
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER kpis_lose_versions AFTER DELETE ON kpis
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE INDEX kpis_newest_first ON kpis (organisation_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX kpis_of_owner ON kpis (organisation_id, owner_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX kpis_unfolded ON kpis (organisation_id) WHERE folded IS NULL AND deleted_at IS NULL;
CREATE INDEX members_by_email ON members (email);
CREATE UNIQUE INDEX members_by_upstream_id ON members (organisation_id, upstream_id);
CREATE INDEX members_by_words ON members (organisation_id, created_at DESC, id DESC, folded);
CREATE TRIGGER members_change_words AFTER UPDATE OF name ON members
WHEN OLD.name <> NEW.name
BEGIN
  UPDATE members SET folded = NULL WHERE id = NEW.id;
END;
CREATE TRIGGER members_have_versions AFTER UPDATE OF name, email, role, department_id, disabled_at ON members
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE INDEX members_unfolded ON members (organisation_id) WHERE folded IS NULL;
CREATE INDEX notifications_of_member ON notifications (member_id, created_at);
CREATE INDEX notifications_unread ON notifications (member_id) WHERE read_at IS NULL;
CREATE INDEX okrs_by_words ON okrs (organisation_id, created_at DESC, id DESC, folded) WHERE deleted_at IS NULL;
CREATE TRIGGER okrs_change_words AFTER UPDATE OF title, description ON okrs
WHEN OLD.title <> NEW.title OR OLD.description IS NOT NEW.description
BEGIN
  UPDATE okrs SET folded = NULL WHERE id = NEW.id;
END;
CREATE INDEX okrs_cloned ON okrs (cloned_from_id) WHERE cloned_from_id IS NOT NULL;
CREATE INDEX okrs_deleted ON okrs (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE TRIGGER okrs_have_versions AFTER UPDATE OF title, description, type, cycle_id, parent_id, owner_id,
  department_id, team_id, visibility, weight, archived_at, deleted_at ON okrs
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER okrs_lose_versions AFTER DELETE ON okrs
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE INDEX okrs_newest_first ON okrs (organisation_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX okrs_of_any_parent ON okrs (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX okrs_of_cycle ON okrs (organisation_id, cycle_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX okrs_of_owner ON okrs (organisation_id, owner_id, cycle_id) WHERE deleted_at IS NULL;
CREATE INDEX okrs_of_parent ON okrs (parent_id) WHERE deleted_at IS NULL;
CREATE INDEX okrs_unfolded ON okrs (organisation_id) WHERE folded IS NULL AND deleted_at IS NULL;
CREATE INDEX password_links_of_member ON password_links (member_id);
CREATE INDEX review_cycles_deleted ON review_cycles (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE TRIGGER review_cycles_have_versions AFTER UPDATE OF name, status, due_date, deleted_at ON review_cycles
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER review_cycles_lose_versions AFTER DELETE ON review_cycles
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE INDEX review_cycles_newest_first ON review_cycles (organisation_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE TRIGGER reviews_have_versions AFTER UPDATE OF status, submitted_at, shared_at ON reviews
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER reviews_lose_versions AFTER DELETE ON reviews
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE INDEX reviews_of_cycle ON reviews (review_cycle_id, reviewee_id);
CREATE INDEX reviews_of_reviewee ON reviews (reviewee_id, review_cycle_id);
CREATE INDEX reviews_of_reviewer ON reviews (reviewer_id, review_cycle_id);
CREATE TRIGGER sessions_lose_versions AFTER DELETE ON sessions
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE INDEX sessions_of_member ON sessions (member_id, created_at);
CREATE INDEX target_changes_of_key_result ON target_changes (key_result_id, created_at, id);
CREATE TRIGGER teams_have_versions AFTER UPDATE OF name, department_id, manager_id, archived_at ON teams
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE INDEX teams_of_member ON team_members (member_id);
CREATE INDEX teams_of_organisation ON teams (organisation_id, name);
