//! How wide an element is, for what has to be drawn to measure.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::ResizeObserver;

/// The element's width in whole pixels; 0 until it is on the page.
pub fn width_of(element: NodeRef<Div>) -> Signal<f64> {
    let width = RwSignal::new(0.0);
    Effect::new(move || {
        let Some(element) = element.get() else {
            return;
        };
        let observed = element.clone();
        let measure = Closure::<dyn Fn()>::new(move || {
            let found = f64::from(observed.client_width());
            if width
                .try_get_untracked()
                .is_some_and(|width| width != found)
            {
                width.set(found);
            }
        });
        if let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) {
            observer.observe(&element);
            let kept = StoredValue::new_local((observer, measure));
            on_cleanup(move || {
                kept.with_value(|(observer, _)| observer.disconnect());
            });
        }
    });
    width.into()
}
