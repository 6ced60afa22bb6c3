-- What people do in the app: sign in, run the workspace, discuss, review, undo.

-- Rhythm and rules of a workspace.
ALTER TABLE organisations ADD COLUMN week_start TEXT NOT NULL DEFAULT 'monday' CHECK (week_start IN ('monday', 'sunday', 'saturday'));
-- 1 is Monday, as in ISO 8601.
ALTER TABLE organisations ADD COLUMN check_in_weekday INTEGER NOT NULL DEFAULT 5 CHECK (check_in_weekday BETWEEN 1 AND 7);
-- The constants of the rules that differ from their defaults, as JSON.
ALTER TABLE organisations ADD COLUMN rule_params TEXT NOT NULL DEFAULT '{}';

-- Someone invited has no password yet and has not joined.
ALTER TABLE members ADD COLUMN joined_at TEXT;
UPDATE members SET joined_at = created_at;
-- Signing in starts from an address alone, before any organisation is known.
CREATE INDEX members_by_email ON members (email);

-- People as a provider knows them, once they have signed in with it.
CREATE TABLE identities (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  issuer          TEXT NOT NULL,
  subject         TEXT NOT NULL,
  member_id       TEXT NOT NULL REFERENCES members (id),
  created_at      TEXT NOT NULL,
  PRIMARY KEY (organisation_id, issuer, subject)
) WITHOUT ROWID;

CREATE TABLE sessions (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  member_id       TEXT NOT NULL REFERENCES members (id),
  -- SHA-256 of the cookie in hexadecimal; the cookie itself is kept nowhere.
  hash            TEXT NOT NULL UNIQUE,
  -- `password`, `oidc`, `access`, `invitation`, `set_up`
  method          TEXT NOT NULL,
  user_agent      TEXT,
  created_at      TEXT NOT NULL,
  -- To the hour or so; idle sessions end by it.
  last_seen_at    TEXT NOT NULL,
  expires_at      TEXT NOT NULL,
  ended_at        TEXT
);
CREATE INDEX sessions_of_member ON sessions (member_id, created_at);

-- Links that let somebody set a password once: an invitation, or a reset made by an admin.
CREATE TABLE password_links (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  member_id       TEXT NOT NULL REFERENCES members (id),
  purpose         TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset')),
  -- SHA-256 of the token in the link.
  hash            TEXT NOT NULL UNIQUE,
  created_by      TEXT REFERENCES members (id),
  created_at      TEXT NOT NULL,
  expires_at      TEXT NOT NULL,
  -- Also set when a newer link takes its place.
  used_at         TEXT
);
CREATE INDEX password_links_of_member ON password_links (member_id);

-- A key may be rolled: the new one knows the old one's row, which expires soon.
ALTER TABLE api_keys ADD COLUMN replaces_id TEXT REFERENCES api_keys (id);
ALTER TABLE api_keys ADD COLUMN revoked_by TEXT REFERENCES members (id);

-- Archived: out of the lists of the app and of v1, but not deleted.
ALTER TABLE okrs ADD COLUMN archived_at TEXT;
-- Its share in the roll-up of its parent.
ALTER TABLE okrs ADD COLUMN weight REAL NOT NULL DEFAULT 1 CHECK (weight >= 0);
CREATE INDEX okrs_of_parent ON okrs (parent_id) WHERE deleted_at IS NULL;
ALTER TABLE okrs ADD COLUMN comment_count INTEGER NOT NULL DEFAULT 0;
-- The OKR this one was cloned from.
ALTER TABLE okrs ADD COLUMN cloned_from_id TEXT REFERENCES okrs (id);
CREATE INDEX key_results_of_owner ON key_results (owner_id) WHERE deleted_at IS NULL;

-- A new target moves the goal posts: who did it, when and why stays visible.
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
CREATE INDEX target_changes_of_key_result ON target_changes (key_result_id, created_at, id);

-- When its author corrected it last; what it was before is in the audit log.
ALTER TABLE check_ins ADD COLUMN corrected_at TEXT;

CREATE TABLE comments (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  okr_id          TEXT NOT NULL REFERENCES okrs (id),
  -- Set when it is about one of its key results.
  key_result_id   TEXT REFERENCES key_results (id),
  text            TEXT NOT NULL,
  created_by      TEXT NOT NULL REFERENCES members (id),
  created_at      TEXT NOT NULL,
  edited_at       TEXT,
  deleted_at      TEXT
) WITHOUT ROWID;
CREATE INDEX comments_of_okr ON comments (okr_id, created_at, id) WHERE deleted_at IS NULL;

CREATE TABLE review_templates (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name            TEXT NOT NULL,
  -- [{"text": "What went well?", "kind": "text"}, {"text": "…", "kind": "rating"}]
  questions       TEXT NOT NULL,
  created_at      TEXT NOT NULL,
  archived_at     TEXT,
  UNIQUE (organisation_id, name)
);
-- Copied when the cycle is made: later changes of a template do not change what was asked.
ALTER TABLE review_cycles ADD COLUMN questions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE reviews ADD COLUMN submitted_at TEXT;
CREATE INDEX reviews_of_reviewer ON reviews (reviewer_id, review_cycle_id);
CREATE INDEX reviews_of_reviewee ON reviews (reviewee_id, review_cycle_id);

CREATE TABLE notifications (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  member_id       TEXT NOT NULL REFERENCES members (id),
  -- `mention`, `comment`, `review_to_write`, `review_shared`, `handed_over`, …
  kind            TEXT NOT NULL,
  -- What it is about, and where the app shows it.
  subject_id      TEXT NOT NULL,
  text            TEXT NOT NULL,
  created_by      TEXT REFERENCES members (id),
  created_at      TEXT NOT NULL,
  read_at         TEXT
) WITHOUT ROWID;
CREATE INDEX notifications_of_member ON notifications (member_id, created_at);
CREATE INDEX notifications_unread ON notifications (member_id) WHERE read_at IS NULL;

-- Filters of the audit log. Its key already sorts by time.
CREATE INDEX audit_log_of_subject ON audit_log (organisation_id, subject_id, id);
CREATE TRIGGER audit_log_is_never_deleted BEFORE DELETE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
