//! Settings: connecting assistants.

/// Sentences and labels.
pub struct Assistants {
    pub title: &'static str,
    pub more: &'static str,
    pub key: &'static str,
    pub address: &'static str,
    pub caution: &'static str,
}

pub(super) static EN: Assistants = Assistants {
    title: "Assistants",
    more: "An assistant that speaks the Model Context Protocol can read OKRs, explain a score and check in for you.",
    key: "It needs an API key in the place of YOUR_API_KEY. Whoever manages API keys makes one: with “okrs:read” it reads, with “okr-checkins:write” it checks in, and 60 requests a minute are shared with everything else that uses the key.",
    address: "Address",
    caution: "What people write in titles and comments reaches the assistant as data. Let it ask before it writes anything.",
};
