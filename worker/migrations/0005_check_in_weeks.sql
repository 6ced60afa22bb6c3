-- The weeks, from Monday to Sunday, in which a key result was checked in: bit 0 is the week of the last check-in,
-- bit n the n-th week before it. Its six latest check-ins may all be of one day, and then say nothing of the weeks
-- before.
ALTER TABLE key_results ADD COLUMN check_in_weeks INTEGER NOT NULL DEFAULT 0;

-- Weeks are counted from a Monday. Of what was checked in before, only the day in UTC is known.
UPDATE key_results SET check_in_weeks = 1 | COALESCE(
  (SELECT sum(DISTINCT 1 << (CAST((julianday(key_results.last_check_in_on) - 2440591.5) / 7 AS INTEGER)
                             - CAST((julianday(substr(c.created_at, 1, 10)) - 2440591.5) / 7 AS INTEGER)))
   FROM check_ins c
   WHERE c.key_result_id = key_results.id AND c.source IN ('check_in', 'poll')
     AND CAST((julianday(key_results.last_check_in_on) - 2440591.5) / 7 AS INTEGER)
         - CAST((julianday(substr(c.created_at, 1, 10)) - 2440591.5) / 7 AS INTEGER) BETWEEN 0 AND 31), 0)
WHERE last_check_in_on IS NOT NULL;

-- Check-ins come in by several ways, also by the code before this: all of them set the day of the last one.
CREATE TRIGGER key_results_keep_check_in_weeks AFTER UPDATE OF last_check_in_on ON key_results
WHEN NEW.last_check_in_on IS NOT NULL
BEGIN
  UPDATE key_results SET check_in_weeks = 1 | (4294967295 & (OLD.check_in_weeks <<
    min(32, COALESCE(CAST((julianday(NEW.last_check_in_on) - 2440591.5) / 7 AS INTEGER)
                     - CAST((julianday(OLD.last_check_in_on) - 2440591.5) / 7 AS INTEGER), 0))))
  WHERE id = NEW.id;
END;
