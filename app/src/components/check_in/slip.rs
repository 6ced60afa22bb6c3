//! A value that is rather a slip of the hand is asked about, once.

use leptos::prelude::*;
use okrs_shared::number::Number;
use okrs_shared::okr_detail::ListedKeyResult;
use okrs_shared::rules::progress;
use okrs_shared::validation::Invalid;

use crate::measure::Measure;
use crate::words;

/// What is far off between a start and a target, and what was asked about already.
#[derive(Clone, Copy)]
pub struct Slip {
    way: (Number, Number),
    asked: StoredValue<Option<Number>>,
}

impl Slip {
    /// For values of this key result.
    pub fn of(key_result: &ListedKeyResult) -> Self {
        Self {
            way: (key_result.start_value, key_result.target_value),
            asked: StoredValue::new(None),
        }
    }

    /// Refuses a value that lies far off, once: sent again it is meant.
    pub fn ask(self, value: Number, measure: &Measure) -> Result<(), Invalid> {
        let (start, target) = self.way;
        let is_meant = self.asked.get_value() == Some(value);
        if is_meant || !progress::is_far_off(start.get(), target.get(), value.get()) {
            return Ok(());
        }
        self.asked.set_value(Some(value));
        let [value, start, target] = [value, start, target].map(|value| measure.text(value));
        let said = (words::home().far_off)(&value, &start, &target);
        Err(Invalid::field("value", said))
    }
}
