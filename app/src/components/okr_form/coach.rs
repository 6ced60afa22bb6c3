//! A writing coach: says quietly what often goes wrong with OKRs. It never refuses anything.

/// More key results than this are hard to keep in mind.
pub const MOST_KEY_RESULTS: usize = 5;

/// Verbs that begin what one does, not what one reaches.
const OUTPUT_VERBS: [&str; 38] = [
    "add",
    "analyse",
    "analyze",
    "automate",
    "build",
    "complete",
    "conduct",
    "create",
    "define",
    "deliver",
    "deploy",
    "design",
    "develop",
    "document",
    "evaluate",
    "execute",
    "finish",
    "hire",
    "implement",
    "install",
    "integrate",
    "introduce",
    "launch",
    "migrate",
    "organise",
    "organize",
    "plan",
    "prepare",
    "publish",
    "redesign",
    "refactor",
    "release",
    "replace",
    "research",
    "rewrite",
    "ship",
    "test",
    "write",
];

/// Verbs of two words that begin what one does.
const OUTPUT_PHRASES: [&str; 4] = ["set up", "roll out", "work on", "carry out"];

/// Whether a title says what is done rather than what is reached by it.
pub fn is_task_in_disguise(title: &str) -> bool {
    let title = title.trim_start().to_lowercase();
    let first = title.split_whitespace().next().unwrap_or_default();
    OUTPUT_VERBS.contains(&first)
        || OUTPUT_PHRASES
            .iter()
            .any(|phrase| title.starts_with(&format!("{phrase} ")))
}

#[cfg(test)]
mod tests {
    use super::is_task_in_disguise;

    #[test]
    fn a_title_that_begins_with_an_output_verb_is_a_task() {
        for title in [
            "Launch the new site",
            " build a team ",
            "Roll out SSO",
            "write",
        ] {
            assert!(is_task_in_disguise(title), "{title}");
        }
        for title in [
            "Customers find us by themselves",
            "Testers trust every release",
            "Planning takes a day",
            "Set upper limits",
            "",
        ] {
            assert!(!is_task_in_disguise(title), "{title}");
        }
    }
}
