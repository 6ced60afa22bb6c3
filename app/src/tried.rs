//! Trying again what was not answered: what is the same keeps its `Idempotency-Key`.

use leptos::prelude::*;
use okrs_json as json;
use serde::Serialize;

/// What was sent last, and under which key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Tried(StoredValue<Option<(String, String)>>);

impl Default for Tried {
    fn default() -> Self {
        Self(StoredValue::new(None))
    }
}

impl Tried {
    /// The key to send this under: that of the last try, if the body was the same.
    pub fn key(self, body: &impl Serialize) -> String {
        let text = json::write(body).unwrap_or_default();
        if let Some((tried, key)) = self.0.get_value()
            && tried == text
        {
            return key;
        }
        let key = new_key();
        self.0.set_value(Some((text, key.clone())));
        key
    }
}

/// An idempotency key that nobody has used.
pub fn new_key() -> String {
    window()
        .crypto()
        .map(|crypto| crypto.random_uuid())
        .unwrap_or_else(|_| js_sys::Math::random().to_string())
}
