-- What a daily run cleans up, and what it needs to find that without reading all the rest.

-- The day in the workspace's time zone on which they last were here: it stays when their sessions go.
ALTER TABLE members ADD COLUMN last_seen_on TEXT;
UPDATE members SET last_seen_on = (SELECT substr(MAX(s.last_seen_at), 1, 10) FROM sessions s WHERE s.member_id = members.id);

-- When the organisation's object forgot how much a key was used that had been revoked or had expired long before.
ALTER TABLE api_keys ADD COLUMN usage_forgotten_at TEXT;

-- Deleted things, the longest gone first.
CREATE INDEX okrs_deleted ON okrs (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX key_results_deleted ON key_results (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX comments_deleted ON comments (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX initiatives_deleted ON initiatives (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX kpis_deleted ON kpis (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX review_cycles_deleted ON review_cycles (deleted_at) WHERE deleted_at IS NOT NULL;

-- SQLite looks for whatever refers to a row that goes: without these it would read whole tables for each.
CREATE INDEX key_results_of_any_okr ON key_results (okr_id);
CREATE INDEX check_ins_of_okr ON check_ins (okr_id);
CREATE INDEX comments_of_any_okr ON comments (okr_id);
CREATE INDEX comments_of_key_result ON comments (key_result_id) WHERE key_result_id IS NOT NULL;
CREATE INDEX okrs_of_any_parent ON okrs (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX okrs_cloned ON okrs (cloned_from_id) WHERE cloned_from_id IS NOT NULL;

-- What is gone has no version.
CREATE TRIGGER okrs_lose_versions AFTER DELETE ON okrs
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE TRIGGER key_results_lose_versions AFTER DELETE ON key_results
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE TRIGGER check_ins_lose_versions AFTER DELETE ON check_ins
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE TRIGGER comments_lose_versions AFTER DELETE ON comments
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE TRIGGER initiatives_lose_versions AFTER DELETE ON initiatives
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE TRIGGER kpis_lose_versions AFTER DELETE ON kpis
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE TRIGGER review_cycles_lose_versions AFTER DELETE ON review_cycles
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE TRIGGER reviews_lose_versions AFTER DELETE ON reviews
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
CREATE TRIGGER sessions_lose_versions AFTER DELETE ON sessions
BEGIN
  DELETE FROM versions WHERE organisation_id = OLD.organisation_id AND thing_id = OLD.id;
END;
