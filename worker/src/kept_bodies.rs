//! Bodies of answers that this isolate keeps to send them again: 8 MB together and none over 1 MB, for an isolate has
//! 128 MB for everything, and as many who look at long lists as come. What was used least lately goes first.

use std::cell::RefCell;
use std::collections::HashMap;

use axum::body::Bytes;

/// All together.
const MOST_BYTES: usize = 8_000_000;
/// One body.
const MOST_BYTES_EACH: usize = 1_000_000;
/// What a body takes beside its own bytes: its place, its version and its share of the table.
const BYTES_BESIDE: usize = 500;

/// Whose body it is, of what, and as whom sees it.
pub type Place = (String, String, String);

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// The version and the body that are kept in this place.
pub fn get(place: &Place) -> Option<(String, Bytes)> {
    KEPT.with_borrow_mut(|kept| kept.get(place))
}

/// Keeps a body with its version, instead of the one that was in this place.
pub fn keep(place: Place, version: String, body: Bytes) {
    KEPT.with_borrow_mut(|kept| kept.keep(place, version, body));
}

#[derive(Default)]
struct Kept {
    bodies: HashMap<Place, Body>,
    bytes: usize,
    /// How often something was looked for or put in.
    uses: u64,
}

struct Body {
    version: String,
    body: Bytes,
    last_use: u64,
}

impl Kept {
    fn get(&mut self, place: &Place) -> Option<(String, Bytes)> {
        self.uses += 1;
        let kept = self.bodies.get_mut(place)?;
        kept.last_use = self.uses;
        Some((kept.version.clone(), kept.body.clone()))
    }

    fn keep(&mut self, place: Place, version: String, body: Bytes) {
        self.forget(&place);
        if body.len() > MOST_BYTES_EACH {
            return;
        }
        while self.bytes + size(&body) > MOST_BYTES {
            let oldest = self.bodies.iter().min_by_key(|(_, kept)| kept.last_use);
            let Some((oldest, _)) = oldest else {
                break;
            };
            self.forget(&oldest.clone());
        }
        self.uses += 1;
        self.bytes += size(&body);
        let last_use = self.uses;
        let kept = Body {
            version,
            body,
            last_use,
        };
        self.bodies.insert(place, kept);
    }

    fn forget(&mut self, place: &Place) {
        if let Some(kept) = self.bodies.remove(place) {
            self.bytes -= size(&kept.body);
        }
    }
}

fn size(body: &Bytes) -> usize {
    body.len() + BYTES_BESIDE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(nth: usize) -> Place {
        (nth.to_string(), String::new(), String::new())
    }

    fn keep(kept: &mut Kept, nth: usize, bytes: usize) {
        kept.keep(place(nth), "v".to_owned(), vec![0; bytes].into());
    }

    #[test]
    fn all_together_stay_below_their_most_and_what_was_used_lately_stays() {
        let mut kept = Kept::default();
        for nth in 0..100 {
            keep(&mut kept, nth, 900_000);
            assert!(kept.get(&place(0)).is_some());
            assert!(kept.bytes <= MOST_BYTES);
        }
        assert_eq!(kept.bodies.len(), 8);
        assert!(kept.get(&place(99)).is_some());
        assert!(kept.get(&place(90)).is_none());
    }

    #[test]
    fn what_is_too_big_is_not_kept_and_neither_is_what_it_replaces() {
        let mut kept = Kept::default();
        keep(&mut kept, 1, MOST_BYTES_EACH);
        keep(&mut kept, 1, MOST_BYTES_EACH + 1);
        assert!(kept.get(&place(1)).is_none());
        assert_eq!(kept.bytes, 0);
    }

    #[test]
    fn a_place_has_one_body() {
        let mut kept = Kept::default();
        keep(&mut kept, 1, 10);
        keep(&mut kept, 1, 20);
        assert_eq!(kept.bytes, 20 + BYTES_BESIDE);
    }
}
