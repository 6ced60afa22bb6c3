//! What is said of a move: how far it is, and how it ended.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use serde_json::{Value, json};

/// A list of so many items may have been cut off by the service.
const MOST_ITEMS: u64 = 500;
/// So many differences of a list are printed.
const SHOWN: usize = 10;

/// How everything that the service lists is beside the copy.
pub struct Report {
    /// As the deployment compared them.
    lists: Vec<Value>,
    /// On their way to the service.
    pub waiting_writes: u64,
    /// Nobody knows whether they took effect.
    pub undecided_writes: u64,
}

/// One line: `3 of 5 lists, 530 items; 41 of 60 requests left in this minute; 2 writes waiting`.
pub fn progress(done: &[Value], lists: usize, budget: &Value) -> String {
    let items: u64 = done.iter().map(|list| number(list, "here")).sum();
    let mut line = format!(
        "→ {} of {lists} lists, {items} items; {} of {} requests left in this minute; {} writes waiting",
        done.len(),
        number(budget, "left"),
        number(budget, "limit"),
        number(budget, "waiting_writes") + number(budget, "undecided_writes"),
    );
    if let Some(seconds) = budget["paused_for_seconds"].as_u64() {
        line += &format!("; the service does not answer, next try in {seconds} s");
    }
    line
}

impl Report {
    /// Of these comparisons, all of them.
    pub fn new(lists: Vec<Value>, budget: &Value) -> Self {
        Self {
            lists,
            waiting_writes: number(budget, "waiting_writes"),
            undecided_writes: number(budget, "undecided_writes"),
        }
    }

    /// Whether the copy is all that the service lists, apart from figures that each side computes.
    pub fn is_complete(&self) -> bool {
        self.waiting_writes == 0 && self.undecided_writes == 0 && self.lists.iter().all(is_equal)
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({
            "complete": self.is_complete(),
            "waiting_writes": self.waiting_writes,
            "undecided_writes": self.undecided_writes,
            "lists": self.lists,
        })
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nWhat the service lists, beside the copy\n")?;
        for list in &self.lists {
            write_list(f, list)?;
        }
        for (count, what) in [
            (
                self.waiting_writes,
                "still on their way to the service: start this again",
            ),
            (
                self.undecided_writes,
                "undecided: say in the app what is to become of them, then start this again",
            ),
        ] {
            if count > 0 {
                writeln!(f, "\nWrites that are {what}: {count}")?;
            }
        }
        if !self.is_complete() {
            return writeln!(f, "\nThe move is not complete.");
        }
        writeln!(
            f,
            "\nThe move is complete. To switch, while nobody writes:\n\n  \
             1. set BACKEND = \"d1\" in wrangler.toml\n  \
             2. cargo xtask deploy\n  \
             3. delete the secret UPSTREAM_API_KEY once you no longer want to compare\n\n\
             What the service does not list can't be here: docs/upstream.md names it."
        )
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, list: &Value) -> fmt::Result {
    let (there, here) = (number(list, "there"), number(list, "here"));
    let name = list["list"].as_str().unwrap_or_default();
    let verdict = if is_equal(list) { "equal" } else { "DIFFERENT" };
    writeln!(f, "  {name:15} {there:4} there  {here:4} here  {verdict}")?;
    if there >= MOST_ITEMS {
        writeln!(
            f,
            "    the service lists no more than {MOST_ITEMS}: there may be older ones that it does not show"
        )?;
    }
    if list["same_order"] == false {
        writeln!(f, "    they come in another order")?;
    }
    let (figures, entered): (Vec<&Value>, Vec<&Value>) =
        differences(list).partition(|difference| difference["is_computed"] == true);
    if !figures.is_empty() {
        // Those that were entered come first: if there are figures, none of those are left out.
        let count = number(list, "differing_fields").saturating_sub(entered.len() as u64);
        let names: BTreeSet<&str> = figures.iter().filter_map(|one| figure(one)).collect();
        writeln!(
            f,
            "    figures that each side computes differ in {count} places: {}",
            Vec::from_iter(names).join(", ")
        )?;
    }
    for one in entered.iter().take(SHOWN) {
        let text = |name: &str| one[name].as_str().unwrap_or("nothing");
        let field = match text("field") {
            "" => "(all of it)",
            field => field,
        };
        writeln!(
            f,
            "    {} {field}: {} there, {} here",
            one["name"].as_str().unwrap_or_else(|| text("id")),
            text("there"),
            text("here")
        )?;
    }
    if entered.len() > SHOWN {
        writeln!(f, "    and more; `--json` has a hundred")?;
    }
    Ok(())
}

/// Whether the list is the same, in the same order, apart from figures that each side computes.
fn is_equal(list: &Value) -> bool {
    list["same_order"] == true && differences(list).all(|one| one["is_computed"] == true)
}

fn differences(list: &Value) -> impl Iterator<Item = &Value> {
    list["differences"].as_array().into_iter().flatten()
}

/// The last name of its path: `progress` of `key_results[0].progress`.
fn figure(difference: &Value) -> Option<&str> {
    difference["field"].as_str()?.rsplit('.').next()
}

fn number(of: &Value, name: &str) -> u64 {
    of[name].as_u64().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(differences: &Value) -> Value {
        json!({
            "list": "/okrs", "there": 2, "here": 2, "same_order": true, "equal": 1,
            "differing_fields": differences.as_array().unwrap().len(), "differences": differences,
        })
    }

    fn report(differences: &Value, waiting: u64, undecided: u64) -> Report {
        let budget = json!({ "waiting_writes": waiting, "undecided_writes": undecided });
        Report::new(vec![list(differences)], &budget)
    }

    #[test]
    fn computed_figures_are_named_and_do_not_stand_in_the_way() {
        let figures = json!([{
            "id": "a", "field": "health_score", "there": "82", "here": "61", "is_computed": true,
        }]);
        let report = report(&figures, 0, 0);
        assert!(report.is_complete());
        let text = report.to_string();
        assert!(
            text.contains("figures that each side computes differ in 1 places: health_score"),
            "{text}"
        );
        assert!(text.contains("BACKEND = \"d1\""), "{text}");
    }

    #[test]
    fn what_was_entered_and_differs_stands_in_the_way() {
        let entered = json!([{
            "id": "a", "field": "title", "there": "\"T\"", "here": null, "is_computed": false,
        }]);
        let report = report(&entered, 0, 0);
        assert!(!report.is_complete());
        assert_eq!(report.json()["complete"], false);
        let text = report.to_string();
        assert!(
            text.contains("a title: \"T\" there, nothing here"),
            "{text}"
        );
    }

    #[test]
    fn writes_that_have_not_ended_stand_in_the_way() {
        for (waiting, undecided) in [(1, 0), (0, 1)] {
            let report = report(&json!([]), waiting, undecided);
            assert!(!report.is_complete());
            assert!(report.to_string().contains("not complete"));
        }
    }
}
