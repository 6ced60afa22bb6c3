//! The order of titles and names.

/// The items in the order in which the reader's locale sorts their texts, with numbers in them by value.
/// Things with the same text stay in the order they had.
pub fn sorted<T>(items: Vec<T>, text: impl Fn(&T) -> String) -> Vec<T> {
    let keyed = items.into_iter().map(|item| (key::of(&text(&item)), item));
    let mut keyed: Vec<_> = keyed.collect();
    keyed.sort_by(|(one, _), (other, _)| key::compare(one, other));
    keyed.into_iter().map(|(_, item)| item).collect()
}

#[cfg(target_arch = "wasm32")]
mod key {
    use std::cmp::Ordering;

    use js_sys::{Function, Intl};
    use wasm_bindgen::JsValue;

    use crate::locale::{locales, options};

    thread_local! {
        static COMPARE: Function =
            Intl::Collator::new(&locales(), &options(&[("numeric", true.into())])).compare();
    }

    /// The browser's own text, so that each is handed over once and not with every comparison.
    pub fn of(text: &str) -> JsValue {
        text.into()
    }

    pub fn compare(one: &JsValue, other: &JsValue) -> Ordering {
        let order = COMPARE.with(|compare| compare.call2(&JsValue::UNDEFINED, one, other));
        let order = order.ok().and_then(|order| order.as_f64());
        order.unwrap_or_default().total_cmp(&0.0)
    }
}

/// Outside of a browser, in tests, by letters.
#[cfg(not(target_arch = "wasm32"))]
mod key {
    use std::cmp::Ordering;

    pub fn of(text: &str) -> String {
        text.to_lowercase()
    }

    pub fn compare(one: &str, other: &str) -> Ordering {
        one.cmp(other)
    }
}
