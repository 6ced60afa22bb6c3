//! Review cycles. The service lists no reviews: only how many people each cycle is about.

/// A cycle in a state that this version does not know asks nobody for anything: it counts as closed.
pub const REVIEW_CYCLES: &[&str] = &[
    "INSERT INTO review_cycles (id, organisation_id, name, status, due_date, listed_reviewees, created_at) \
     SELECT r.value ->> 'id', :organisation, COALESCE(r.value ->> 'name', ''), \
            CASE WHEN r.value ->> 'status' IN ('draft', 'active') THEN r.value ->> 'status' ELSE 'closed' END, \
            date(r.value ->> 'due_date'), \
            iif(json_type(r.value, '$.reviewee_count') = 'integer', r.value ->> 'reviewee_count', 0), \
            strftime('%Y-%m-%dT%H:%M:%SZ', :now, '-' || CAST(:before + r.key AS INTEGER) || ' seconds') \
     FROM json_each(:items) r WHERE true \
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, status = excluded.status, due_date = excluded.due_date, \
       listed_reviewees = excluded.listed_reviewees, deleted_at = NULL \
     WHERE review_cycles.organisation_id = excluded.organisation_id",
    put_away_gone!("review_cycles", "deleted_at"),
    keep_order!("review_cycles"),
];
