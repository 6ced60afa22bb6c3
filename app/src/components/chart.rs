//! Charts: labelled lines instead of a legend.

pub mod course;
pub mod plot;
mod table;

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::PointerEvent;

use self::plot::{Place, Plot, Stop, apart};
pub use self::table::{Reading, ReadingTable};
use crate::components::ui::width::width_of;
use crate::locale;
use crate::measure::Measure;
use crate::words;

const HEIGHT: f64 = 196.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 26.0;
const LABEL_GAP: f64 = 15.0;
/// The least room for a letter of a label, in pixels.
const LETTER: f64 = 6.6;

/// A drawing's size and what stands where.
#[derive(Clone, Copy)]
struct Frame {
    days: (f64, f64),
    values: (f64, f64),
    /// From where to where lines are drawn, in pixels.
    across: (f64, f64),
}

impl Frame {
    fn x(self, day: f64) -> f64 {
        let (first, last) = self.days;
        self.across.0 + (day - first) / (last - first) * (self.across.1 - self.across.0)
    }

    fn y(self, value: f64) -> f64 {
        let (least, most) = self.values;
        HEIGHT - BOTTOM - (value - least) / (most - least) * (HEIGHT - TOP - BOTTOM)
    }

    fn at(self, (day, value): Place) -> (f64, f64) {
        (self.x(day), self.y(value))
    }

    fn line(self, places: &[Place]) -> String {
        let points = places.iter().map(|place| {
            let (x, y) = self.at(*place);
            format!("{x:.1},{y:.1}")
        });
        points.collect::<Vec<_>>().join(" ")
    }
}

/// The chart of a key result.
#[component]
pub fn Chart(
    plot: Plot,
    /// What its values are.
    measure: Measure,
    /// In a sentence.
    summary: String,
    /// Check-ins as they are read out, as many as the plot's points.
    readings: Vec<Reading>,
    /// Targets that were replaced, as they are read out, as many as the plot's old ones.
    moves: Vec<Reading>,
) -> impl IntoView {
    let stops = plot.stops().into_iter();
    let readings = stops.map(|stop| match stop {
        Stop::Point(at) => readings[at].clone(),
        Stop::Move(at) => moves[at].clone(),
    });
    let readings = readings.collect();
    let plot = StoredValue::new(plot);
    let draw = move |width, chosen| {
        let labels = plot.with_value(|plot| labels(plot, &measure));
        let plot = plot.get_value();
        view! { <Drawing plot labels width summary=summary.clone() chosen /> }
    };
    view! { <Readable readings draw /> }
}

/// Drawn as wide as there is room. The arrow keys and the pointer step through the points; what one
/// says stands below.
#[component]
pub fn Readable<V: IntoView + 'static>(
    /// Points as they are read out, oldest first.
    readings: Vec<Reading>,
    /// Draws in a width, with the chosen point, which the pointer sets.
    draw: impl Fn(f64, RwSignal<Option<usize>>) -> V + Send + 'static,
) -> impl IntoView {
    let holder = NodeRef::<Div>::new();
    let width = width_of(holder);
    let count = readings.len();
    let chosen = RwSignal::new(None::<usize>);
    let step = move |event: KeyboardEvent| {
        let current = chosen.get_untracked();
        let next = match &*event.key() {
            "ArrowLeft" => current.map_or(count.checked_sub(1), |at| at.checked_sub(1).or(Some(0))),
            "ArrowRight" => Some(current.map_or(0, |at| (at + 1).min(count.saturating_sub(1)))),
            "Home" => Some(0),
            "End" => count.checked_sub(1),
            _ => return,
        };
        event.prevent_default();
        chosen.set(next.filter(|at| *at < count));
    };
    let shown = StoredValue::new(readings.clone());
    let said = move || {
        let at = chosen.get().or(count.checked_sub(1))?;
        shown.with_value(|readings| readings.get(at).map(Reading::sentence))
    };
    let drawing = move || {
        let width = width.get();
        (width > 0.0).then(|| draw(width, chosen))
    };
    view! {
        <figure class="chart">
            <div
                node_ref=holder
                class="chart-holder"
                on:keydown=step
                on:focusout=move |_| chosen.set(None)
            >
                {drawing}
            </div>
            <figcaption class="chart-said" aria-live="polite">{said}</figcaption>
            <ReadingTable readings />
        </figure>
    }
}

/// Chooses the stop whose day is nearest to the pointer, and of a day's stops the nearest one.
fn nearest(
    frame: Frame,
    stops: &[Place],
    chosen: RwSignal<Option<usize>>,
) -> impl Fn(PointerEvent) + use<> {
    let stops: Vec<_> = stops.iter().map(|place| frame.at(*place)).collect();
    move |event| {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let distance = |at: &usize| {
            let (stop_x, stop_y) = stops[*at];
            ((stop_x - x).abs(), (stop_y - y).abs())
        };
        let found = (0..stops.len()).min_by(|a, b| {
            let (a, b) = (distance(a), distance(b));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        if chosen.get_untracked() != found {
            chosen.set(found);
        }
    }
}

/// The stops themselves, the chosen one greater; `class` says what each of them is.
fn dots(
    frame: Frame,
    stops: &[Place],
    class: &dyn Fn(usize) -> &'static str,
    chosen: RwSignal<Option<usize>>,
) -> AnyView {
    let dots = stops.iter().enumerate().map(|(at, place)| {
        let (x, y) = frame.at(*place);
        let radius = move || if chosen.get() == Some(at) { 5.0 } else { 3.0 };
        view! { <circle class=class(at) cx=x cy=y r=radius /> }
    });
    dots.collect_view().into_any()
}

#[component]
fn Drawing(
    plot: Plot,
    /// What stands at the right: value, text and class.
    labels: Vec<(f64, String, &'static str)>,
    width: f64,
    summary: String,
    chosen: RwSignal<Option<usize>>,
) -> impl IntoView {
    let words = words::okr();
    let longest = labels.iter().map(|(_, text, _)| text.chars().count()).max();
    let margin = (longest.unwrap_or(0) as f64 * LETTER + 10.0).min(width * 0.42);
    let frame = Frame {
        days: plot.span(),
        values: plot.range(),
        across: (6.0, width - margin),
    };
    let places = labels.iter().map(|(value, ..)| frame.y(*value) + 4.0);
    let places = apart(
        &places.collect::<Vec<_>>(),
        LABEL_GAP,
        HEIGHT - BOTTOM + 4.0,
    );
    let points: Vec<Place> = plot
        .points
        .iter()
        .map(|(on, value)| (plot.day(*on), *value))
        .collect();
    let steps = plot.target_steps();
    let band = plot.projection().zip(plot.projected_between());
    let band = band.map(|([from, (end, _)], [least, most])| {
        let (lowest, highest) = plot.range();
        let held = |value: f64| value.clamp(lowest, highest);
        let area = frame.line(&[from, (end, held(least)), (end, held(most))]);
        view! { <polygon class="projection-band" points=area /> }
    });
    let today = plot.today().map(|day| frame.x(day));
    let ideal = plot.ideal();
    let projection = plot.projection_in_range();
    let is_below = projection.is_some_and(|[_, (_, end)]| frame.y(end) < frame.y(plot.target));
    let (ideal_x, ideal_y) = frame.at(ideal[0]);
    let stops = plot.stops();
    let class = |at: usize| match stops[at] {
        Stop::Point(_) => "dot",
        Stop::Move(_) => "moved",
    };
    let places_of_stops: Vec<Place> = stops.iter().map(|stop| plot.place(*stop)).collect();
    let dots = dots(frame, &places_of_stops, &class, chosen);
    let nearest = nearest(frame, &places_of_stops, chosen);
    let first = locale::date(plot.days.0, plot.today);
    let last = locale::date(plot.days.1, plot.today);
    // Dates of the ends give way to "today" near them.
    let is_clear = move |x: f64| today.is_none_or(|today| (today - x).abs() > 76.0);
    view! {
        <svg
            role="img"
            tabindex="0"
            aria-label=format!("{summary} {}", words.chart_keys)
            width=width
            height=HEIGHT
            on:pointermove=nearest
            on:pointerleave=move |_| chosen.set(None)
        >
            <line class="axis" x1=frame.across.0 x2=frame.across.1 y1=HEIGHT - BOTTOM y2=HEIGHT - BOTTOM />
            <line class="hairline" x1=frame.across.0 x2=frame.across.1 y1=frame.y(plot.start) y2=frame.y(plot.start) />
            {if steps.is_empty() {
                let y = frame.y(plot.target);
                view! { <line class="hairline target" x1=frame.across.0 x2=frame.across.1 y1=y y2=y /> }
                    .into_any()
            } else {
                view! { <polyline class="hairline target" points=frame.line(&steps) /> }.into_any()
            }}
            {today
                .map(|x| {
                    view! {
                        <line class="today" x1=x x2=x y1=TOP y2=HEIGHT - BOTTOM />
                        <text x=x y=HEIGHT - 8.0 text-anchor="middle">{words.chart_today}</text>
                    }
                })}
            {is_clear(frame.x(0.0))
                .then(|| view! { <text x=frame.x(0.0) y=HEIGHT - 8.0>{first}</text> })}
            {is_clear(frame.x(plot.end()))
                .then(|| {
                    view! {
                        <text x=frame.x(plot.end()) y=HEIGHT - 8.0 text-anchor="end">{last}</text>
                    }
                })}
            <polyline class="ideal" points=frame.line(&ideal) />
            <IdealLabel from=(ideal_x, ideal_y) to=frame.at(ideal[1]) is_below />
            {band}
            {projection.map(|line| view! { <polyline class="projection" points=frame.line(&line) /> })}
            <polyline class="actual" points=frame.line(&points) />
            {dots}
            {labels
                .into_iter()
                .zip(places)
                .map(|((_, text, class), y)| {
                    view! { <text class=class x=frame.across.1 + 8.0 y=y>{text}</text> }
                })
                .collect_view()}
        </svg>
    }
}

/// Along the line near its end, where values rarely are yet, on the side without the projection.
#[component]
fn IdealLabel(from: (f64, f64), to: (f64, f64), is_below: bool) -> impl IntoView {
    let word = words::okr().chart_ideal;
    // A short, steep line has no room along it: beside it, then.
    if to.0 - from.0 < word.len() as f64 * LETTER * 1.5 {
        let middle = (from.1 + to.1) / 2.0;
        return view! { <text x=from.0 - 6.0 y=middle text-anchor="end">{word}</text> }.into_any();
    }
    let aside = if is_below { 14.0 } else { -5.0 };
    let share = 0.80;
    let (x, y) = (
        from.0 + (to.0 - from.0) * share,
        from.1 + (to.1 - from.1) * share,
    );
    let angle = ((to.1 - from.1) / (to.0 - from.0)).atan().to_degrees();
    let turn = format!("rotate({angle:.1} {x:.1} {y:.1})");
    view! {
        <text x=x y=y + aside text-anchor="middle" transform=turn>{word}</text>
    }
    .into_any()
}

fn labels(plot: &Plot, measure: &Measure) -> Vec<(f64, String, &'static str)> {
    let words = words::okr();
    let target = format!("{} {}", measure.short_text(plot.target), words.chart_target);
    let start = format!("{} {}", measure.short_text(plot.start), words.chart_start);
    let mut labels = vec![(plot.target, target, "label"), (plot.start, start, "label")];
    if let Some([_, (_, end)]) = plot.projection() {
        let (least, most) = plot.range();
        let text =
            (words.chart_projected)(&measure.short_text(rounded(end, plot.target - plot.start)));
        labels.push((end.clamp(least, most), text, "label projected"));
    }
    labels
}

/// To a hundredth of the way: a projection is no measurement.
fn rounded(value: f64, way: f64) -> f64 {
    let digits = (2.0 - way.abs().max(1e-9).log10().ceil()).clamp(-9.0, 6.0);
    let scale = 10f64.powf(digits);
    (value * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn a_projection_has_no_more_digits_than_it_can_know() {
        assert_eq!(rounded(41.237, 18.0), 41.0);
        assert_eq!(rounded(4.1237, 2.5), 4.1);
        assert_eq!(rounded(131_071.0, 60_000.0), 131_000.0);
        assert_eq!(rounded(0.41237, 0.5), 0.41);
    }
}
