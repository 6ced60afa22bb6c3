//! What all screens say.

/// Sentences and labels.
pub struct Common {
    pub product: &'static str,
    pub loading: &'static str,
    pub retry: &'static str,
    pub reload: &'static str,
    pub cancel: &'static str,
    pub save: &'static str,
    pub close: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub selected: &'static str,
    pub offline: &'static str,
    pub unexpected: &'static str,
    pub not_the_server: &'static str,
    pub not_found: &'static str,
    pub not_found_more: &'static str,
    pub not_loaded: &'static str,
    pub to_home: &'static str,
    pub went_wrong: &'static str,
    /// How many seconds to wait.
    pub wait: fn(u32) -> String,
    pub too_many: &'static str,
    pub too_many_more: &'static str,
    /// In how many seconds; 0 is now.
    pub goes_on: fn(u32) -> String,
    pub on_track: &'static str,
    pub at_risk: &'static str,
    pub off_track: &'static str,
    pub blocked: &'static str,
    pub not_started: &'static str,
    pub nobody: &'static str,
    pub undo: &'static str,
    pub edit: &'static str,
    pub delete: &'static str,
    pub discard_question: &'static str,
    pub discard: &'static str,
    pub keep_editing: &'static str,
    pub signed_out: &'static str,
    pub wrong_password: &'static str,
    pub missing: &'static str,
    pub not_a_number: &'static str,
    /// What was typed, what it is if its mark groups digits, and what it is if that begins the decimals.
    pub unclear_number: fn(&str, &str, Option<&str>) -> String,
}

pub(super) static EN: Common = Common {
    product: "OKRs Edge",
    loading: "Loading…",
    retry: "Try again",
    reload: "Reload",
    cancel: "Cancel",
    save: "Save",
    close: "Close",
    copy: "Copy",
    copied: "Copied",
    selected: "Selected",
    offline: "The server can’t be reached. What you typed is still here.",
    unexpected: "The server answered with something this page does not understand. Reload to get its latest version.",
    not_the_server: "The server is not answering properly just now. Nothing was changed.",
    not_found: "There is nothing here",
    not_found_more: "It does not exist, or you are not among those who see it.",
    not_loaded: "This could not be fetched: you are offline, or there is a newer version of this app. What you typed is kept; reload to go on.",
    to_home: "Go to the home page",
    went_wrong: "That did not work",
    wait: |seconds| match seconds {
        0..=1 => "Try again in a second.".to_owned(),
        2..=90 => format!("Try again in {seconds} seconds."),
        _ => format!("Try again in {} minutes.", seconds.div_ceil(60)),
    },
    too_many: "A short pause",
    too_many_more: "That was more at once than the server takes. This page goes on by itself.",
    goes_on: |seconds| match seconds {
        0 => "Trying again…".to_owned(),
        1..=90 => format!("Goes on in {seconds} s"),
        _ => format!("Goes on in {} min", seconds.div_ceil(60)),
    },
    on_track: "On track",
    at_risk: "At risk",
    off_track: "Off track",
    blocked: "Blocked",
    not_started: "Not started",
    nobody: "Nobody",
    undo: "Undo",
    edit: "Edit",
    delete: "Delete",
    discard_question: "Throw away what you typed?",
    discard: "Throw away",
    keep_editing: "Keep editing",
    signed_out: "Your session has ended. Sign in in another tab, then save again: what you typed is still here.",
    wrong_password: "Address or password is wrong.",
    missing: "must be filled in",
    not_a_number: "must be a number",
    unclear_number: |text, grouped, decimal| match decimal {
        Some(decimal) => {
            format!("“{text}” could be {grouped} or {decimal}: type it without grouping")
        }
        None => {
            format!("“{text}” reads like {grouped}, grouped otherwise: type it without grouping")
        }
    },
};
