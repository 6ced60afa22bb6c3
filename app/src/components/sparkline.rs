//! The last values of something, without axes: 96 × 24.

use leptos::prelude::*;

use crate::components::ui::tenths::tenths;
use crate::words;

const WIDTH: f64 = 96.0;
const HEIGHT: f64 = 24.0;
/// Room for the dot of the last value.
const MARGIN: f64 = 3.0;

/// A line through the values, evenly spaced, with a dot at the last; `ideal` is where it should be.
#[component]
pub fn Sparkline(
    /// Oldest first.
    values: Vec<f64>,
    /// The value that would be on pace now: a hairline.
    #[prop(optional_no_strip)]
    ideal: Option<f64>,
) -> impl IntoView {
    if values.len() < 2 {
        return view! { <span class="sparkline"></span> }.into_any();
    }
    let label = (words::home().trend)(values.len());
    let (points, ideal) = layout(&values, ideal);
    let line: Vec<String> = points
        .iter()
        .map(|(x, y)| tenths(*x) + "," + &tenths(*y))
        .collect();
    let last = points.last().copied().unwrap_or_default();
    view! {
        <svg class="sparkline" viewBox="0 0 96 24" width="96" height="24" role="img" aria-label=label>
            {ideal.map(tenths).map(|y| view! { <line class="ideal" x1="0" x2="96" y1=y.clone() y2=y /> })}
            <polyline points=line.join(" ") />
            <circle cx=tenths(last.0) cy=tenths(last.1) r="2.25" />
        </svg>
    }
    .into_any()
}

/// The points, and the height of the ideal value.
fn layout(values: &[f64], ideal: Option<f64>) -> (Vec<(f64, f64)>, Option<f64>) {
    let all = values.iter().copied().chain(ideal);
    let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let span = high - low;
    let y = |value: f64| {
        let share = if span > 0.0 {
            (value - low) / span
        } else {
            0.5
        };
        HEIGHT - MARGIN - share * (HEIGHT - 2.0 * MARGIN)
    };
    let step = (WIDTH - 2.0 * MARGIN) / (values.len() - 1) as f64;
    let points = values
        .iter()
        .enumerate()
        .map(|(nth, value)| (MARGIN + step * nth as f64, y(*value)))
        .collect();
    (points, ideal.map(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_value_is_at_the_bottom_and_the_highest_at_the_top() {
        let (points, ideal) = layout(&[10.0, 30.0, 20.0], Some(20.0));
        assert_eq!(points[0], (MARGIN, HEIGHT - MARGIN));
        assert_eq!(points[1].1, MARGIN);
        assert_eq!(points[2], (WIDTH - MARGIN, HEIGHT / 2.0));
        assert_eq!(ideal, Some(HEIGHT / 2.0));
    }

    #[test]
    fn values_that_never_change_are_a_line_in_the_middle() {
        let (points, _) = layout(&[5.0, 5.0], None);
        assert_eq!(points[0].1, HEIGHT / 2.0);
    }
}
