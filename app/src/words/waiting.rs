//! What waits for the hosted service, as every page may have to say it.

/// Sentences and labels.
pub struct Waiting {
    pub will_be_sent: &'static str,
    pub not_known_yet: &'static str,
    pub see: &'static str,
    /// A value.
    pub value_waits: fn(&str) -> String,
    /// A value.
    pub value_unknown: fn(&str) -> String,
    /// How many.
    pub undecided_notice: fn(usize) -> String,
    /// How many.
    pub failed_notice: fn(usize) -> String,
    pub decide: &'static str,
}

pub(super) static EN: Waiting = Waiting {
    will_be_sent: "Will be sent when the service takes more.",
    not_known_yet: "It is not known yet whether this arrived.",
    see: "See",
    value_waits: |value| format!("{value} waits to be sent"),
    value_unknown: |value| format!("{value}: not known yet whether it arrived"),
    undecided_notice: |count| match count {
        1 => "Nobody knows whether 1 of your changes reached the hosted service.".to_owned(),
        count => {
            format!("Nobody knows whether {count} of your changes reached the hosted service.")
        }
    },
    failed_notice: |count| match count {
        1 => "The hosted service did not take 1 of your changes.".to_owned(),
        count => format!("The hosted service did not take {count} of your changes."),
    },
    decide: "Look at it",
};
