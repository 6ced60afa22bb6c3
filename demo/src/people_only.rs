//! What a deployment in front of the hosted service knows before it has asked for the first time.

/// The tables of what the hosted service keeps; the others are the deployment's own.
const KEPT_BY_THE_SERVICE: [&str; 14] = [
    "cycles",
    "okrs",
    "key_results",
    "check_ins",
    "comments",
    "kpis",
    "kpi_updates",
    "initiatives",
    "initiative_key_results",
    "review_templates",
    "review_cycles",
    "reviews",
    "review_answers",
    "review_private_notes",
];

/// Of the SQL of workspaces, what makes their people, teams, keys and sessions.
pub fn people_only(sql: &str) -> String {
    let is_own = |statement: &&str| {
        let table = statement
            .strip_prefix("INSERT INTO ")
            .and_then(|rest| rest.split_once(' '));
        table.is_none_or(|(table, _)| !KEPT_BY_THE_SERVICE.contains(&table))
    };
    sql.split_inclusive(";\n").filter(is_own).collect()
}
