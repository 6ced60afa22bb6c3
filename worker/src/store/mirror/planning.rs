//! Cycles and initiatives.

/// Names need not be unique at the service; here they are, because OKRs name their cycle.
pub const CYCLES: &[&str] = &[
    "INSERT INTO cycles (id, organisation_id, name, start_date, end_date, created_at) \
     SELECT c.value ->> 'id', :organisation, \
            CASE WHEN EXISTS (SELECT 1 FROM json_each(:items) e \
                              WHERE e.key < c.key AND e.value ->> 'name' = c.value ->> 'name') \
                      OR EXISTS (SELECT 1 FROM cycles e WHERE e.organisation_id = :organisation \
                                 AND e.name = c.value ->> 'name' AND e.id <> c.value ->> 'id') \
                 THEN (c.value ->> 'name') || ' (' || substr(c.value ->> 'id', 1, 8) || ')' \
                 ELSE c.value ->> 'name' END, \
            date(c.value ->> 'start_date'), date(c.value ->> 'end_date'), :now \
     FROM json_each(:items) c \
     WHERE json_type(c.value, '$.name') = 'text' \
       AND date(c.value ->> 'end_date') >= date(c.value ->> 'start_date') \
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, start_date = excluded.start_date, \
       end_date = excluded.end_date, archived_at = NULL \
     WHERE cycles.organisation_id = excluded.organisation_id",
    put_away_gone!("cycles", "archived_at"),
];

/// What an initiative refers to is left out if it is not here.
pub const INITIATIVES: &[&str] = &[
    learn_owners!("i.value", "json_each(:items) i"),
    "INSERT INTO initiatives (id, organisation_id, title, description, status, priority, start_date, end_date, \
                              owner_id, okr_id, created_at, updated_at) \
     SELECT i.value ->> 'id', :organisation, COALESCE(i.value ->> 'title', ''), i.value ->> 'description', \
            CASE WHEN i.value ->> 'status' IN ('in_progress', 'done', 'blocked') \
                 THEN i.value ->> 'status' ELSE 'todo' END, \
            CASE WHEN i.value ->> 'priority' IN ('p0', 'p1', 'p2', 'p3') THEN i.value ->> 'priority' END, \
            date(i.value ->> 'start_date'), \
            iif(date(i.value ->> 'end_date') < date(i.value ->> 'start_date'), NULL, date(i.value ->> 'end_date')), \
            (SELECT COALESCE(m.linked_to, m.id) FROM members m WHERE m.organisation_id = :organisation \
               AND i.value ->> 'owner_id' IN (m.id, m.upstream_id) LIMIT 1), \
            (SELECT o.id FROM okrs o WHERE o.organisation_id = :organisation AND o.id = i.value ->> 'okr_id'), \
            COALESCE(i.value ->> 'created_at', :now), COALESCE(i.value ->> 'updated_at', :now) \
     FROM json_each(:items) i WHERE true \
     ON CONFLICT (id) DO UPDATE SET title = excluded.title, description = excluded.description, \
       status = excluded.status, priority = excluded.priority, start_date = excluded.start_date, \
       end_date = excluded.end_date, owner_id = COALESCE(excluded.owner_id, initiatives.owner_id), okr_id = excluded.okr_id, deleted_at = NULL, \
       updated_at = excluded.updated_at \
     WHERE initiatives.organisation_id = excluded.organisation_id",
    "DELETE FROM initiative_key_results WHERE organisation_id = :organisation \
       AND initiative_id IN (SELECT i.value ->> 'id' FROM json_each(:items) i)",
    "INSERT INTO initiative_key_results (initiative_id, key_result_id, organisation_id) \
     SELECT r.id, k.id, :organisation FROM json_each(:items) i \
     JOIN initiatives r ON r.id = i.value ->> 'id' AND r.organisation_id = :organisation \
     JOIN key_results k ON k.id = i.value ->> 'kr_id' AND k.organisation_id = :organisation \
     WHERE true ON CONFLICT DO NOTHING",
    put_away_gone!("initiatives", "deleted_at"),
];
