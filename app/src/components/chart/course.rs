//! The chart of a KPI: its values since a day, and the target that they are held against.

use chrono::NaiveDate;
use leptos::prelude::*;
use okrs_shared::timestamp::Timestamp;

use super::plot::{Place, apart};
use super::{BOTTOM, Frame, HEIGHT, LABEL_GAP, LETTER, Readable, Reading, TOP, dots, nearest};
use crate::locale;
use crate::measure::Measure;
use crate::words;

/// From which width on there is room for a date in the middle, in pixels.
const ROOM_FOR_MIDDLE: f64 = 460.0;

/// Values over time, in their own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The first day that is shown.
    pub first: NaiveDate,
    pub today: NaiveDate,
    /// Oldest first; none before the first day.
    pub points: Vec<(Timestamp, f64)>,
    pub target: Option<f64>,
    pub measure: Measure,
}

impl Course {
    /// In days since the beginning of the first one.
    fn places(&self) -> Vec<Place> {
        let first = self.first.and_time(chrono::NaiveTime::MIN).and_utc();
        let points = self.points.iter();
        points
            .map(|(at, value)| ((at.get() - first).num_minutes() as f64 / 1440.0, *value))
            .collect()
    }

    /// From the first day's beginning to today's end, and further if a value is newer.
    fn span(&self) -> (f64, f64) {
        let end = (self.today - self.first).num_days() as f64 + 1.0;
        let last = self.places().last().map_or(0.0, |(day, _)| *day);
        (0.0, end.max(last))
    }

    /// The day in the middle, if it is neither the first nor today.
    fn middle(&self) -> Option<NaiveDate> {
        let middle = self.first + (self.today - self.first) / 2;
        (self.first < middle).then_some(middle)
    }

    /// From the least to the greatest value, with the target, and air above and below.
    fn range(&self) -> (f64, f64) {
        let values = self.points.iter().map(|(_, value)| *value);
        let (least, most) = values.chain(self.target).fold(
            (f64::INFINITY, f64::NEG_INFINITY),
            |(least, most), value| (least.min(value), most.max(value)),
        );
        let air = if most > least {
            (most - least) * 0.08
        } else {
            1.0
        };
        (least - air, most + air)
    }

    /// What stands at the right: value, text and class. Nothing is said twice.
    fn labels(&self) -> Vec<(f64, String, &'static str)> {
        let words = (words::okr(), words::kpis());
        let values = || self.points.iter().map(|(_, value)| *value);
        let found = [
            (self.target, words.0.chart_target, "label"),
            (values().next_back(), words.1.chart_now, "label now"),
            (values().reduce(f64::max), words.1.chart_highest, "scale"),
            (values().reduce(f64::min), words.1.chart_lowest, "scale"),
        ];
        let mut labels: Vec<(f64, String, &str)> = Vec::new();
        for (value, word, class) in found {
            let Some(value) = value else { continue };
            if class != "scale" || labels.iter().all(|(said, ..)| *said != value) {
                labels.push((
                    value,
                    format!("{} {word}", self.measure.short_text(value)),
                    class,
                ));
            }
        }
        labels
    }
}

/// A course's values are stepped through like check-ins.
#[component]
pub fn CourseChart(
    course: Course,
    /// In a sentence.
    summary: String,
    /// Values as they are read out, as many as the course's points.
    readings: Vec<Reading>,
) -> impl IntoView {
    let course = StoredValue::new(course);
    let draw = move |width, chosen| {
        let course = course.get_value();
        view! { <CourseDrawing course width summary=summary.clone() chosen /> }
    };
    view! { <Readable readings draw /> }
}

#[component]
fn CourseDrawing(
    course: Course,
    width: f64,
    summary: String,
    chosen: RwSignal<Option<usize>>,
) -> impl IntoView {
    let labels = course.labels();
    let longest = labels.iter().map(|(_, text, _)| text.chars().count()).max();
    let margin = (longest.unwrap_or(0) as f64 * LETTER + 14.0).min(width * 0.42);
    let frame = Frame {
        days: course.span(),
        values: course.range(),
        across: (6.0, width - margin),
    };
    let places = labels.iter().map(|(value, ..)| frame.y(*value) + 4.0);
    let places = apart(
        &places.collect::<Vec<_>>(),
        LABEL_GAP,
        HEIGHT - BOTTOM + 4.0,
    );
    let points = course.places();
    let dots = dots(frame, &points, &|_| "dot", chosen);
    let nearest = nearest(frame, &points, chosen);
    let (left, right) = frame.across;
    let date = |day| locale::date(day, course.today);
    let has_room = right - left > ROOM_FOR_MIDDLE;
    let middle = course.middle().filter(|_| has_room).map(date);
    let first = (course.first < course.today).then(|| date(course.first));
    let base = HEIGHT - BOTTOM;
    view! {
        <svg
            role="img"
            tabindex="0"
            aria-label=format!("{summary} {}", words::kpis().chart_keys)
            width=width
            height=HEIGHT
            on:pointermove=nearest
            on:pointerleave=move |_| chosen.set(None)
        >
            <line class="axis" x1=left x2=right y1=base y2=base />
            {course
                .target
                .map(|target| {
                    let y = frame.y(target);
                    view! { <line class="hairline target" x1=left x2=right y1=y y2=y /> }
                })}
            <line class="axis" x1=right x2=right y1=TOP y2=base />
            {first.map(|day| view! { <text x=left y=HEIGHT - 8.0>{day}</text> })}
            {middle
                .map(|day| {
                    view! {
                        <text x=(left + right) / 2.0 y=HEIGHT - 8.0 text-anchor="middle">{day}</text>
                    }
                })}
            <text x=right y=HEIGHT - 8.0 text-anchor="end">{words::okr().chart_today}</text>
            <polyline class="actual" points=frame.line(&points) />
            {dots}
            {labels
                .into_iter()
                .zip(places)
                .map(|((_, text, class), y)| {
                    view! { <text class=class x=right + 10.0 y=y>{text}</text> }
                })
                .collect_view()}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        serde_json::from_value(text.into()).unwrap()
    }

    #[test]
    fn values_stand_at_the_time_at_which_they_were_recorded() {
        let course = Course {
            first: on(10, 1),
            today: on(10, 31),
            points: vec![
                (at("2026-10-02T12:00:00Z"), 5.0),
                (at("2026-10-31T18:00:00Z"), 7.0),
            ],
            target: None,
            measure: Measure::Amount(None),
        };
        assert_eq!(course.places(), [(1.5, 5.0), (30.75, 7.0)]);
        assert_eq!(course.span(), (0.0, 31.0));
    }

    #[test]
    fn the_middle_is_a_day_of_its_own() {
        let since = |first| Course {
            first,
            today: on(10, 31),
            points: Vec::new(),
            target: None,
            measure: Measure::Amount(None),
        };
        assert_eq!(since(on(10, 1)).middle(), Some(on(10, 16)));
        assert_eq!(since(on(10, 30)).middle(), None);
        assert_eq!(since(on(10, 31)).middle(), None);
    }

    #[test]
    fn the_target_is_always_in_view() {
        let course = Course {
            first: on(10, 1),
            today: on(10, 31),
            points: vec![(at("2026-10-02T12:00:00Z"), 5.0)],
            target: Some(10.0),
            measure: Measure::Amount(None),
        };
        let (least, most) = course.range();
        assert!(least < 5.0 && most > 10.0);
        let flat = Course {
            target: None,
            ..course
        };
        assert_eq!(flat.range(), (4.0, 6.0));
    }
}
