-- How things stood as each week began: what moved since then, and lines over a year, are told from this. Nobody writes
-- it but the daily run.

-- One row for each key result, OKR and team that was there as the week began. A team is taken as one OKR with all the
-- key results of its OKRs.
CREATE TABLE weekly_snapshots (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  thing_id        TEXT NOT NULL,
  -- The first day of the workspace's week.
  week            TEXT NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('key_result', 'okr', 'team')),
  -- Only key results have one.
  value           REAL,
  progress        REAL NOT NULL,
  health          INTEGER NOT NULL,
  status          TEXT NOT NULL CHECK (status IN ('not_started', 'on_track', 'at_risk', 'off_track')),
  -- Key results that were asked for a check-in in the seven days before, and those of them that got one.
  checked_in      INTEGER NOT NULL,
  due             INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, thing_id, week)
) WITHOUT ROWID;

-- The latest week whose snapshots are all there.
ALTER TABLE organisations ADD COLUMN snapshot_week TEXT;

-- The last two on the row itself, older first, so that lists never read history: [["2026-11-23", 0.41, 72], …], which
-- is the week, progress and health.
ALTER TABLE okrs ADD COLUMN recent_weeks TEXT NOT NULL DEFAULT '[]';
ALTER TABLE key_results ADD COLUMN recent_weeks TEXT NOT NULL DEFAULT '[]';

CREATE TRIGGER okrs_keep_recent_weeks AFTER INSERT ON weekly_snapshots
WHEN NEW.kind = 'okr'
BEGIN
  UPDATE okrs SET recent_weeks = json_insert(
    CASE WHEN json_array_length(recent_weeks) >= 2 THEN json_remove(recent_weeks, '$[0]') ELSE recent_weeks END,
    '$[#]', json_array(NEW.week, NEW.progress, NEW.health))
  WHERE id = NEW.thing_id AND organisation_id = NEW.organisation_id;
END;
CREATE TRIGGER key_results_keep_recent_weeks AFTER INSERT ON weekly_snapshots
WHEN NEW.kind = 'key_result'
BEGIN
  UPDATE key_results SET recent_weeks = json_insert(
    CASE WHEN json_array_length(recent_weeks) >= 2 THEN json_remove(recent_weeks, '$[0]') ELSE recent_weeks END,
    '$[#]', json_array(NEW.week, NEW.progress, NEW.health))
  WHERE id = NEW.thing_id AND organisation_id = NEW.organisation_id;
END;

-- What is gone has none.
CREATE TRIGGER okrs_lose_snapshots AFTER DELETE ON okrs
BEGIN
  DELETE FROM weekly_snapshots WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE TRIGGER key_results_lose_snapshots AFTER DELETE ON key_results
BEGIN
  DELETE FROM weekly_snapshots WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
