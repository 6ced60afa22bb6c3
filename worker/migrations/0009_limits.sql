-- The OKRs of one cycle: whether there is room for one more is counted with each, and the app lists a cycle at a time.
CREATE INDEX okrs_of_cycle ON okrs (organisation_id, cycle_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
