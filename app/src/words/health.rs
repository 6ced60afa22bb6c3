//! How health comes about.

/// Sentences and labels.
pub struct Health {
    /// Of a score, on the button that explains it.
    pub why_label: fn(u8) -> String,
    /// Of a score of ours, where the hosted service has its own.
    pub why_label_here: fn(u8) -> String,
    /// What marks such a score, and what that says.
    pub here: &'static str,
    pub here_more: &'static str,
    /// Of a score.
    pub why: fn(u8) -> String,
    pub no_score: &'static str,
    pub needs_setup: &'static str,
    pub mean: &'static str,
    /// Of an OKR whose score is the hosted service's.
    pub listed: &'static str,
    /// Of an OKR whose score is ours, where the hosted service has its own.
    pub mean_here: &'static str,
    /// Of a key result there.
    pub key_result_here: &'static str,
    /// Key results with no weight count for nothing.
    pub no_weight: &'static str,
    pub gap: &'static str,
    pub recency: &'static str,
    pub velocity: &'static str,
    /// Progress and expected progress.
    pub gap_more: fn(&str, &str) -> String,
    /// Days since the last check-in.
    pub recency_more: fn(i64) -> String,
    /// Days since the first day.
    pub recency_never: fn(i64) -> String,
    /// Points a day it moves, and that it would have to.
    pub velocity_more: fn(&str, &str) -> String,
    pub velocity_declining: &'static str,
    pub velocity_enough: &'static str,
    /// Weight, score and what they make.
    pub term: fn(&str, &str) -> String,
    pub sum: &'static str,
    pub upcoming: &'static str,
    pub reached: &'static str,
    pub cap_stalled: fn(u8) -> String,
    pub cap_at_risk: fn(u8) -> String,
    pub cap_blocked: fn(u8) -> String,
    pub cap_off_track: fn(u8) -> String,
}

pub(super) static EN: Health = Health {
    why_label: |score| format!("Health {score}: why?"),
    why_label_here: |score| format!("Health {score}, worked out here: why?"),
    here: "*",
    here_more: "Status and health worked out here, from what has been seen so far; the hosted service may know more.",
    why: |score| format!("Why {score}?"),
    no_score: "–",
    needs_setup: "It has no key results that count, so there is nothing to be healthy by.",
    mean: "The mean of its key results, by weight.",
    listed: "The hosted service’s own score: it does not say how it comes about. Its key results, as worked out here:",
    mean_here: "Worked out here, as the mean of its key results, by weight. Programs read the hosted service’s score.",
    key_result_here: "Worked out here, from what has been seen so far: the hosted service gives key results no score.",
    no_weight: "does not count",
    gap: "Gap",
    recency: "Recency",
    velocity: "Velocity",
    gap_more: |progress, expected| format!("{progress} reached, {expected} expected by today."),
    recency_more: |days| match days {
        0 => "Checked in today.".to_owned(),
        1 => "Checked in yesterday.".to_owned(),
        _ => format!("Checked in {days} days ago."),
    },
    recency_never: |days| match days {
        0 => "Begins today, no check-in yet.".to_owned(),
        1 => "No check-in since it began yesterday.".to_owned(),
        _ => format!("No check-in in the {days} days since it began."),
    },
    velocity_more: |speed, needed| {
        format!("Moves {speed} points a day; {needed} would reach the target.")
    },
    velocity_declining: "Its last steps got smaller.",
    velocity_enough: "No speed is needed of it now.",
    term: |weight, score| format!("{weight} × {score}"),
    sum: "Health",
    upcoming: "It has not begun: every part counts in full.",
    reached: "The target is reached: every part counts in full.",
    cap_stalled: |limit| format!("At most {limit}, because nobody has checked in for too long."),
    cap_at_risk: |limit| format!("At most {limit}, because the last check-in said at risk."),
    cap_blocked: |limit| format!("At most {limit}, because the last check-in reported a blocker."),
    cap_off_track: |limit| format!("At most {limit}, because the last check-in said off track."),
};
