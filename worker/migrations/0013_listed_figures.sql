-- How an OKR stands as the hosted service lists it, which knows a longer history than there is here; null for what it has
-- not listed.
ALTER TABLE okrs ADD COLUMN listed_status TEXT CHECK (listed_status IN ('not_started', 'on_track', 'at_risk', 'off_track'));
ALTER TABLE okrs ADD COLUMN listed_health INTEGER;
-- The same of a KPI, of which the service knows which way is the better one.
ALTER TABLE kpis ADD COLUMN listed_status TEXT CHECK (listed_status IN ('not_started', 'on_track', 'at_risk', 'off_track'));
