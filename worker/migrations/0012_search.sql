-- What can be looked for: the words of each row without case and diacritics, which SQLite cannot take away. The Worker
-- writes them when somebody looks for the first time after they came or changed; until then they are null here.
ALTER TABLE okrs ADD COLUMN folded TEXT;
ALTER TABLE key_results ADD COLUMN folded TEXT;
ALTER TABLE initiatives ADD COLUMN folded TEXT;
ALTER TABLE kpis ADD COLUMN folded TEXT;
ALTER TABLE members ADD COLUMN folded TEXT;

-- A search reads these from the newest on, and the rows themselves only of what it has found.
CREATE INDEX okrs_by_words ON okrs (organisation_id, created_at DESC, id DESC, folded) WHERE deleted_at IS NULL;
CREATE INDEX key_results_by_words ON key_results (organisation_id, created_at DESC, id DESC, folded)
  WHERE deleted_at IS NULL;
CREATE INDEX initiatives_by_words ON initiatives (organisation_id, created_at DESC, id DESC, folded)
  WHERE deleted_at IS NULL;
CREATE INDEX kpis_by_words ON kpis (organisation_id, created_at DESC, id DESC, folded) WHERE deleted_at IS NULL;
CREATE INDEX members_by_words ON members (organisation_id, created_at DESC, id DESC, folded);

-- What is yet to be folded.
CREATE INDEX okrs_unfolded ON okrs (organisation_id) WHERE folded IS NULL AND deleted_at IS NULL;
CREATE INDEX key_results_unfolded ON key_results (organisation_id) WHERE folded IS NULL AND deleted_at IS NULL;
CREATE INDEX initiatives_unfolded ON initiatives (organisation_id) WHERE folded IS NULL AND deleted_at IS NULL;
CREATE INDEX kpis_unfolded ON kpis (organisation_id) WHERE folded IS NULL AND deleted_at IS NULL;
CREATE INDEX members_unfolded ON members (organisation_id) WHERE folded IS NULL;

-- Whoever changes words, the code before this or the copy of the hosted service, need not know of it.
CREATE TRIGGER okrs_change_words AFTER UPDATE OF title, description ON okrs
WHEN OLD.title <> NEW.title OR OLD.description IS NOT NEW.description
BEGIN
  UPDATE okrs SET folded = NULL WHERE id = NEW.id;
END;
CREATE TRIGGER key_results_change_words AFTER UPDATE OF title ON key_results
WHEN OLD.title <> NEW.title
BEGIN
  UPDATE key_results SET folded = NULL WHERE id = NEW.id;
END;
CREATE TRIGGER initiatives_change_words AFTER UPDATE OF title, description ON initiatives
WHEN OLD.title <> NEW.title OR OLD.description IS NOT NEW.description
BEGIN
  UPDATE initiatives SET folded = NULL WHERE id = NEW.id;
END;
CREATE TRIGGER kpis_change_words AFTER UPDATE OF name, description ON kpis
WHEN OLD.name <> NEW.name OR OLD.description IS NOT NEW.description
BEGIN
  UPDATE kpis SET folded = NULL WHERE id = NEW.id;
END;
CREATE TRIGGER members_change_words AFTER UPDATE OF name ON members
WHEN OLD.name <> NEW.name
BEGIN
  UPDATE members SET folded = NULL WHERE id = NEW.id;
END;

-- What is somebody's own: Home shows it.
CREATE INDEX kpis_of_owner ON kpis (organisation_id, owner_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX initiatives_of_owner ON initiatives (organisation_id, owner_id, created_at DESC, id DESC)
  WHERE deleted_at IS NULL;
