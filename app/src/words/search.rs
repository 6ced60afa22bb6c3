//! Searching everything: what is said once the search is open.

/// Sentences and labels.
pub struct Search {
    pub more: &'static str,
    pub hits: &'static str,
    pub searching: &'static str,
    pub nothing_found: fn(&str) -> String,
    pub found: fn(usize) -> String,
    pub key_results: &'static str,
    pub initiatives: &'static str,
    pub people: &'static str,
}

pub(super) static EN: Search = Search {
    more: "OKRs, key results, KPIs, initiatives and people, by any part of their words.",
    hits: "Found",
    searching: "Searching…",
    nothing_found: |text| format!("Nothing that you see has “{text}” in it."),
    found: |count| match count {
        1 => "1 found".to_owned(),
        50.. => "The newest 50. Another word narrows them down.".to_owned(),
        count => format!("{count} found"),
    },
    key_results: "Key results",
    initiatives: "Initiatives",
    people: "People",
};
