-- A workspace may stay on the hosted service: its lists are copied here, and what the service has no
-- place for is kept beside the copy.

-- Whether somebody here has set who an OKR is for: the service's list does not say.
ALTER TABLE okrs ADD COLUMN visibility_known INTEGER NOT NULL DEFAULT 1;
-- Who sees those of which it is not known.
ALTER TABLE organisations ADD COLUMN unknown_visibility TEXT NOT NULL DEFAULT 'admins_only' CHECK (unknown_visibility IN ('admins_only', 'everyone'));
-- What the service calls this person. People whom only the service knows are disabled members.
ALTER TABLE members ADD COLUMN upstream_id TEXT;
CREATE UNIQUE INDEX members_by_upstream_id ON members (organisation_id, upstream_id);

-- A value that was found changed in the service's list is a point of the history as well: `poll`.
CREATE TABLE new_check_ins (
  id              TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  okr_id          TEXT NOT NULL REFERENCES okrs (id),
  key_result_id   TEXT NOT NULL REFERENCES key_results (id),
  value           REAL NOT NULL,
  -- Null for an `edit`: the current value was changed without a check-in.
  status          TEXT CHECK (status IN ('on_track', 'at_risk', 'off_track', 'blocked')),
  comment         TEXT,
  blocker_note    TEXT,
  source          TEXT NOT NULL DEFAULT 'check_in' CHECK (source IN ('check_in', 'edit', 'poll')),
  created_by      TEXT REFERENCES members (id),
  created_at      TEXT NOT NULL,
  corrected_at    TEXT
) WITHOUT ROWID;
INSERT INTO new_check_ins (id, organisation_id, okr_id, key_result_id, value, status, comment, blocker_note, source,
                           created_by, created_at, corrected_at)
SELECT id, organisation_id, okr_id, key_result_id, value, status, comment, blocker_note, source, created_by, created_at,
       corrected_at FROM check_ins;
DROP TABLE check_ins;
ALTER TABLE new_check_ins RENAME TO check_ins;
CREATE INDEX check_ins_of_key_result ON check_ins (key_result_id, created_at, id);
