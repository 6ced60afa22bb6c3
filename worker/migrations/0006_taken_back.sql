-- What its key result's row said before this check-in, as JSON: a check-in that is taken back leaves no trace there.
-- Null for edits, and for check-ins that came in otherwise.
ALTER TABLE check_ins ADD COLUMN replaced TEXT;
