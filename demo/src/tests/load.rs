//! The workspace for measurements.

use okrs_shared::api_key;

use super::common::{apply, assert_kept_columns_equal_the_history, count, database, one};
use crate::load::load;

#[test]
fn it_is_as_big_as_asked_for() {
    let today = "2026-11-24".parse().unwrap();
    let database = database();
    for (okrs, key_results, check_ins) in [(4, 5, 10), (3, 2, 1_000), (2, 0, 0)] {
        let (sql, key) = load(today, okrs, key_results, check_ins);
        apply(&database, &sql);
        let id: String = one(
            &database,
            "SELECT id FROM organisations WHERE tag = ?",
            [api_key::tag(&key)],
        );
        let of = |table: &str| {
            count(
                &database,
                &format!("{table} WHERE organisation_id = '{id}'"),
            )
        };
        let counted = [of("okrs"), of("key_results"), of("check_ins")];
        let wanted = [okrs, okrs * key_results, okrs * key_results * check_ins];
        assert_eq!(counted, wanted.map(|rows| i64::try_from(rows).unwrap()));
    }
    assert_kept_columns_equal_the_history(&database);
    assert_eq!(
        count(&database, "check_ins WHERE created_at >= '2026-11-24'"),
        0
    );
    assert_eq!(
        count(&database, "key_results WHERE current_value < start_value"),
        0
    );
}
