//! OKRs, their key results, and the people who own them.

use crate::store::key_results::recent_check_ins_with;

/// What the service lists of each key result: its id, its value, and what was said about it.
macro_rules! reported {
    () => {
        "(SELECT k.value ->> 'id' AS id, k.value ->> 'current_value' AS current_value, \
                 CASE WHEN k.value ->> 'status' IN ('on_track', 'at_risk', 'off_track') THEN k.value ->> 'status' END \
                   AS said \
          FROM json_each(:items) o, json_each(o.value, '$.key_results') k)"
    };
}

/// That `n`, what the service lists of a key result, is not what the row `r` has. Numbers that JSON and
/// SQLite round apart are equal.
macro_rules! is_news {
    () => {
        "n.current_value IS NOT NULL AND \
         (abs(r.current_value - n.current_value) > 1e-9 * max(abs(r.current_value), abs(n.current_value)) \
          OR (n.said IS NOT NULL AND n.said <> r.status AND NOT r.blocked))"
    };
}

/// In this order: people first, because rows refer to them; the history before the values that it is
/// about are overwritten.
pub const OKRS: &[&str] = &[
    // Owners of key results have an id and no name.
    learn_owners!(
        "k.value",
        "json_each(:items) o, json_each(o.value, '$.key_results') k"
    ),
    "UPDATE members SET upstream_id = id WHERE organisation_id = :organisation AND upstream_id IS NULL \
       AND id IN (SELECT k.value ->> 'owner_id' FROM json_each(:items) o, json_each(o.value, '$.key_results') k)",
    // Owners of OKRs have a name and no id. Another workspace may have somebody of the same name.
    "INSERT INTO members (id, organisation_id, email, name, role, disabled_at, created_at) \
     SELECT 'name-' || :organisation || '-' || hex(owner), :organisation, hex(owner) || '@people.invalid', owner, 'member', :now, :now \
     FROM (SELECT DISTINCT o.value ->> 'owner' AS owner FROM json_each(:items) o \
           WHERE json_type(o.value, '$.owner') = 'text') \
     WHERE NOT EXISTS (SELECT 1 FROM members m WHERE m.organisation_id = :organisation AND m.name = owner) \
     ON CONFLICT DO NOTHING",
    "INSERT INTO okrs (id, organisation_id, cycle_id, title, type, owner_id, visibility, visibility_known, \
                       listed_status, listed_health, created_at, updated_at) \
     SELECT o.value ->> 'id', :organisation, c.id, COALESCE(o.value ->> 'title', ''), \
            CASE WHEN o.value ->> 'type' IN ('department', 'team') THEN o.value ->> 'type' ELSE 'org' END, \
            (SELECT COALESCE(m.linked_to, m.id) FROM members m \
             WHERE m.organisation_id = :organisation AND m.name = o.value ->> 'owner' \
             ORDER BY m.disabled_at IS NOT NULL, m.created_at, m.id LIMIT 1), \
            'organisation', 0, \
            CASE WHEN o.value ->> 'status' IN ('not_started', 'on_track', 'at_risk', 'off_track') \
                 THEN o.value ->> 'status' END, \
            CASE WHEN json_type(o.value, '$.health_score') IN ('integer', 'real') \
                 THEN CAST(min(max(round(o.value ->> 'health_score'), 0), 100) AS INTEGER) END, \
            strftime('%Y-%m-%dT%H:%M:%SZ', :now, '-' || CAST(:before + o.key AS INTEGER) || ' seconds'), :now \
     FROM json_each(:items) o JOIN cycles c ON c.organisation_id = :organisation AND c.name = o.value ->> 'cycle' \
     WHERE true \
     ON CONFLICT (id) DO UPDATE SET cycle_id = excluded.cycle_id, title = excluded.title, type = excluded.type, \
       owner_id = CASE WHEN (SELECT name FROM members WHERE id = okrs.owner_id) \
                            IS (SELECT name FROM members WHERE id = excluded.owner_id) \
                       THEN okrs.owner_id ELSE COALESCE(excluded.owner_id, okrs.owner_id) END, \
       listed_status = excluded.listed_status, listed_health = excluded.listed_health, \
       deleted_at = NULL, updated_at = excluded.updated_at \
     WHERE okrs.organisation_id = excluded.organisation_id",
    // What was found changed is a point of the history.
    concat!(
        "INSERT INTO check_ins (id, organisation_id, okr_id, key_result_id, value, status, source, created_at) \
         SELECT lower(hex(randomblob(16))), :organisation, r.okr_id, r.id, n.current_value, n.said, 'poll', :now \
         FROM ",
        reported!(),
        " n JOIN key_results r ON r.id = n.id AND r.organisation_id = :organisation \
         WHERE ",
        is_news!()
    ),
    concat!(
        "UPDATE key_results AS r SET current_value = n.current_value, status = COALESCE(n.said, status), \
                blocked = iif(n.said IS NULL, blocked, 0), last_check_in_at = :now, last_check_in_on = :today, \
                last_check_in_status = COALESCE(n.said, last_check_in_status), check_in_count = check_in_count + 1, \
                updated_at = :now, recent_check_ins = ",
        recent_check_ins_with!("n.current_value"),
        " FROM ",
        reported!(),
        " n WHERE r.id = n.id AND r.organisation_id = :organisation AND ",
        is_news!()
    ),
    "INSERT INTO target_changes (id, organisation_id, key_result_id, old_target, new_target, created_at) \
     SELECT lower(hex(randomblob(16))), :organisation, r.id, r.target_value, k.value ->> 'target_value', :now \
     FROM json_each(:items) o, json_each(o.value, '$.key_results') k \
     JOIN key_results r ON r.id = k.value ->> 'id' AND r.organisation_id = :organisation \
     WHERE abs(r.target_value - (k.value ->> 'target_value')) > 1e-9 * abs(r.target_value)",
    "INSERT INTO key_results (id, organisation_id, okr_id, title, metric_type, start_value, target_value, \
                              current_value, owner_id, status, created_on, created_at, updated_at) \
     SELECT k.value ->> 'id', :organisation, x.id, COALESCE(k.value ->> 'title', ''), \
            CASE WHEN k.value ->> 'metric_type' IN ('percentage', 'currency', 'boolean') \
                 THEN k.value ->> 'metric_type' ELSE 'number' END, \
            COALESCE(k.value ->> 'start_value', 0), COALESCE(k.value ->> 'target_value', 0), \
            COALESCE(k.value ->> 'current_value', k.value ->> 'start_value', 0), \
            (SELECT COALESCE(m.linked_to, m.id) FROM members m WHERE m.organisation_id = :organisation \
               AND k.value ->> 'owner_id' IN (m.id, m.upstream_id) LIMIT 1), \
            CASE WHEN k.value ->> 'status' IN ('not_started', 'at_risk', 'off_track') \
                 THEN k.value ->> 'status' ELSE 'on_track' END, \
            :today, strftime('%Y-%m-%dT%H:%M:%SZ', :now, k.key || ' seconds'), :now \
     FROM json_each(:items) o, json_each(o.value, '$.key_results') k \
     JOIN okrs x ON x.id = o.value ->> 'id' AND x.organisation_id = :organisation \
     WHERE json_type(k.value, '$.id') = 'text' \
     ON CONFLICT (id) DO UPDATE SET okr_id = excluded.okr_id, title = excluded.title, \
       metric_type = excluded.metric_type, start_value = excluded.start_value, target_value = excluded.target_value, \
       owner_id = COALESCE(excluded.owner_id, key_results.owner_id), deleted_at = NULL, updated_at = excluded.updated_at \
     WHERE key_results.organisation_id = excluded.organisation_id",
    "UPDATE key_results SET deleted_at = :now \
     WHERE organisation_id = :organisation AND deleted_at IS NULL \
       AND okr_id IN (SELECT o.value ->> 'id' FROM json_each(:items) o) \
       AND id NOT IN (SELECT k.value ->> 'id' FROM json_each(:items) o, json_each(o.value, '$.key_results') k \
                      WHERE json_type(k.value, '$.id') = 'text')",
    put_away_gone!("okrs", "deleted_at"),
    keep_order!("okrs"),
    "UPDATE key_results SET deleted_at = :now \
     WHERE organisation_id = :organisation AND deleted_at IS NULL \
       AND okr_id IN (SELECT id FROM okrs WHERE organisation_id = :organisation AND deleted_at = :now)",
];
