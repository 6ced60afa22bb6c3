//! When somebody was last here: kept in the browser, so that "since my last visit" means this one.

use js_sys::Date;
use leptos::prelude::window;
use okrs_json as json;
use okrs_shared::id::MemberId;

/// Whoever is away for longer comes for another visit, in milliseconds.
const AWAY: f64 = 30.0 * 60_000.0;

/// When the visit before this one ended, in milliseconds since 1970; none on the first. Notes that
/// they are here now.
pub fn last(member: &MemberId) -> Option<f64> {
    let storage = window().local_storage().ok().flatten()?;
    let key = format!("visit:{member}");
    let kept = storage.get_item(&key).ok().flatten();
    let (before, text) = step(kept.as_deref(), Date::now());
    // A full or forbidden storage: every visit is the first.
    let _ = storage.set_item(&key, &text);
    before
}

/// What is kept has when the visit before ended, if there was one, and when they were last seen.
fn step(kept: Option<&str>, now: f64) -> (Option<f64>, String) {
    let mut parts = kept.unwrap_or_default().split(' ').map(json::number);
    let (before, seen): (Option<f64>, Option<f64>) =
        (parts.next().flatten(), parts.next().flatten());
    let before = match seen {
        Some(seen) if now - seen > AWAY => Some(seen),
        _ => before,
    };
    let text = before.map_or("-".to_owned(), |before| (before as i64).to_string());
    (before, format!("{text} {}", now as i64))
}

#[cfg(test)]
mod tests {
    use super::{AWAY, step};

    #[test]
    fn a_visit_lasts_until_one_is_away_for_a_while() {
        let (before, kept) = step(None, 1000.0);
        assert_eq!(before, None);
        let (before, kept) = step(Some(&kept), 2000.0);
        assert_eq!(before, None);
        let next = 2000.0 + AWAY + 1.0;
        let (before, kept) = step(Some(&kept), next);
        assert_eq!(before, Some(2000.0));
        let (before, _) = step(Some(&kept), next + 5.0);
        assert_eq!(before, Some(2000.0));
        assert_eq!(step(Some("nonsense"), 1.0).0, None);
    }
}
