-- Which change was the last: of a workspace, of each thing, and of a key result's history. Timestamps have seconds,
-- and a backup that is put back brings numbers back that were given before; ids of changes are told apart for ever.

-- Lists are current for whoever has them as of this change.
ALTER TABLE organisations ADD COLUMN last_change_id TEXT NOT NULL DEFAULT '';
UPDATE organisations SET last_change_id = lower(hex(randomblob(16)));

-- What has no row here has not been changed since it was made, or since this table was.
CREATE TABLE versions (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  thing_id        TEXT NOT NULL,
  -- The audit row of the last change.
  change_id       TEXT NOT NULL,
  PRIMARY KEY (organisation_id, thing_id)
) WITHOUT ROWID;

-- Every change puts its audit row first. What is no change is told apart by its action. A trigger, because the code
-- before this still writes while this is here already.
CREATE TRIGGER changes_are_the_last AFTER INSERT ON audit_log
WHEN NEW.action NOT IN ('access.denied', 'sign_in.failed', 'upstream.accepted')
BEGIN
  UPDATE organisations SET revision = revision + 1, last_change_id = NEW.id WHERE id = NEW.organisation_id;
  INSERT INTO versions (organisation_id, thing_id, change_id) VALUES (NEW.organisation_id, NEW.subject_id, NEW.id)
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id;
END;

-- A change may change more than what it is about: a hand-over changes whatever has an owner.
CREATE TRIGGER okrs_have_versions AFTER UPDATE OF title, description, type, cycle_id, parent_id, owner_id,
  department_id, team_id, visibility, weight, archived_at, deleted_at ON okrs
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER key_results_have_versions AFTER UPDATE OF okr_id, title, metric_type, start_value, target_value,
  current_value, unit, weight, owner_id, status, blocked, deleted_at ON key_results
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER initiatives_have_versions AFTER UPDATE OF title, description, status, priority, start_date,
  end_date, owner_id, okr_id, deleted_at ON initiatives
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER kpis_have_versions AFTER UPDATE OF name, description, owner_id, team_id, category, group_name,
  current_value, target_value, unit, update_frequency, direction, deleted_at ON kpis
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER cycles_have_versions AFTER UPDATE OF name, start_date, end_date, archived_at ON cycles
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER departments_have_versions AFTER UPDATE OF name, manager_id, archived_at ON departments
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER teams_have_versions AFTER UPDATE OF name, department_id, manager_id, archived_at ON teams
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER members_have_versions AFTER UPDATE OF name, email, role, department_id, disabled_at ON members
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER review_cycles_have_versions AFTER UPDATE OF name, status, due_date, deleted_at ON review_cycles
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;
CREATE TRIGGER reviews_have_versions AFTER UPDATE OF status, submitted_at, shared_at ON reviews
BEGIN
  INSERT INTO versions (organisation_id, thing_id, change_id)
  SELECT id, NEW.id, last_change_id FROM organisations WHERE id = NEW.organisation_id
  ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE change_id <> excluded.change_id;
END;

-- Check-ins of a key result in the order in which they took effect: 1, 2 and so on.
ALTER TABLE check_ins ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
UPDATE check_ins SET sequence = n.place
FROM (SELECT id, row_number() OVER (PARTITION BY key_result_id ORDER BY created_at, id) AS place FROM check_ins) n
WHERE check_ins.id = n.id;
DROP INDEX check_ins_of_key_result;
CREATE UNIQUE INDEX check_ins_in_order ON check_ins (key_result_id, sequence);
-- Those that come without a place get it here.
CREATE TRIGGER check_ins_have_a_sequence AFTER INSERT ON check_ins
WHEN NEW.sequence = 0
BEGIN
  UPDATE check_ins SET sequence = 1 + (SELECT MAX(sequence) FROM check_ins WHERE key_result_id = NEW.key_result_id)
  WHERE id = NEW.id;
END;
