//! The part of a long list that is near the window: only that is in the page.

use std::ops::Range;

use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;

/// How far beyond the window lines are kept, in pixels: scrolling and the Tab key find them there.
const MARGIN: f64 = 240.0;
/// Movements smaller than this change nothing, in pixels.
const STEP: f64 = 120.0;

/// From where to where an element is near the window, in pixels from its own top.
pub fn span_of(element: NodeRef<Div>) -> Signal<(f64, f64)> {
    let span = RwSignal::new((-MARGIN, 2000.0));
    let measure = move || {
        let Some(element) = element.get_untracked() else {
            return;
        };
        let top = -element.get_bounding_client_rect().top();
        let top = (top / STEP).floor() * STEP;
        let found = (top - MARGIN, top + STEP + inner_height() + MARGIN);
        if span.get_untracked() != found {
            span.set(found);
        }
    };
    Effect::new(move || {
        element.track();
        measure();
    });
    let handles = [
        window_event_listener(ev::scroll, move |_| measure()),
        window_event_listener(ev::resize, move |_| measure()),
    ];
    on_cleanup(move || handles.into_iter().for_each(|handle| handle.remove()));
    span.into()
}

fn inner_height() -> f64 {
    let height = window().inner_height().ok();
    height.and_then(|height| height.as_f64()).unwrap_or(1000.0)
}

/// The lines that lie between `from` and `to`. `ends` are the lines' lower edges, ascending.
pub fn between(ends: &[f64], from: f64, to: f64) -> Range<usize> {
    let first = ends.partition_point(|&end| end <= from);
    let after = ends.partition_point(|&end| end < to);
    first..(after + 1).min(ends.len()).max(first)
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn only_lines_that_touch_the_span_are_between() {
        let ends = [10.0, 20.0, 30.0, 40.0];
        assert_eq!(between(&ends, -100.0, 15.0), 0..2);
        assert_eq!(between(&ends, 10.0, 25.0), 1..3);
        assert_eq!(between(&ends, 0.0, 1000.0), 0..4);
        assert_eq!(between(&ends, 500.0, 1000.0), 4..4);
        assert_eq!(between(&[], 0.0, 100.0), 0..0);
    }
}
