-- What somebody answers for: the app asks on every screen.
CREATE INDEX okrs_of_owner ON okrs (organisation_id, owner_id, cycle_id) WHERE deleted_at IS NULL;
