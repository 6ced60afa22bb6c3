//! KPIs and their measurements.

/// The service lists neither category nor direction nor frequency: a KPI begins with the contract's
/// defaults, and an admin, or a KPI that is made through here, says better.
pub const KPIS: &[&str] = &[
    // A clock that is some seconds off makes no measurement of its own.
    "INSERT INTO kpi_updates (id, organisation_id, kpi_id, previous_value, new_value, created_at) \
     SELECT lower(hex(randomblob(16))), :organisation, r.id, r.current_value, k.value ->> 'current', \
            COALESCE(k.value ->> 'last_updated', :now) \
     FROM json_each(:items) k JOIN kpis r ON r.id = k.value ->> 'id' AND r.organisation_id = :organisation \
     WHERE json_type(k.value, '$.current') IN ('integer', 'real') \
       AND (r.current_value IS NULL \
            OR abs(r.current_value - (k.value ->> 'current')) > 1e-9 * abs(r.current_value) \
            OR unixepoch(k.value ->> 'last_updated') - COALESCE(unixepoch(r.last_updated_at), 0) > 60)",
    "INSERT INTO kpis (id, organisation_id, name, category, current_value, target_value, unit, update_frequency, \
                       direction, listed_status, last_updated_at, measured_on, created_at, updated_at) \
     SELECT k.value ->> 'id', :organisation, COALESCE(k.value ->> 'name', ''), 'custom', k.value ->> 'current', \
            k.value ->> 'target', k.value ->> 'unit', 'monthly', 'higher', \
            CASE WHEN k.value ->> 'status' IN ('not_started', 'on_track', 'at_risk', 'off_track') \
                 THEN k.value ->> 'status' END, \
            k.value ->> 'last_updated', \
            COALESCE(date(k.value ->> 'last_updated'), :today), \
            strftime('%Y-%m-%dT%H:%M:%SZ', :now, '-' || CAST(:before + k.key AS INTEGER) || ' seconds'), :now \
     FROM json_each(:items) k WHERE true \
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, current_value = excluded.current_value, \
       target_value = excluded.target_value, unit = excluded.unit, listed_status = excluded.listed_status, last_updated_at = excluded.last_updated_at, \
       measured_on = iif(excluded.last_updated_at IS NULL, kpis.measured_on, excluded.measured_on), \
       deleted_at = NULL, updated_at = excluded.updated_at \
     WHERE kpis.organisation_id = excluded.organisation_id",
    put_away_gone!("kpis", "deleted_at"),
    keep_order!("kpis"),
];
