//! What a chart of a key result shows, before it is drawn: lines in days and values.

use chrono::NaiveDate;

/// A key result over time, in its own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    pub start: f64,
    pub target: f64,
    /// The cycle's first and last day.
    pub days: (NaiveDate, NaiveDate),
    pub today: NaiveDate,
    /// Where it would be today if it moved evenly.
    pub ideal_today: f64,
    /// What it moves in a day, if that was measured.
    pub speed: Option<f64>,
    /// Check-ins, oldest first.
    pub points: Vec<(NaiveDate, f64)>,
    /// Targets that were replaced, oldest first, with the day on which they were.
    pub old_targets: Vec<(NaiveDate, f64)>,
}

/// What a chart is stepped through by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The point at this position.
    Point(usize),
    /// The day on which this one of the old targets was replaced.
    Move(usize),
}

/// A place in a chart: days since the cycle's first, and a value.
pub type Place = (f64, f64);

impl Plot {
    /// Days since the cycle's first.
    pub fn day(&self, on: NaiveDate) -> f64 {
        (on - self.days.0).num_days() as f64
    }

    /// The cycle's last day.
    pub fn end(&self) -> f64 {
        self.day(self.days.1).max(1.0)
    }

    /// Today, if it lies in the cycle.
    pub fn today(&self) -> Option<f64> {
        let today = self.day(self.today);
        (0.0..=self.end()).contains(&today).then_some(today)
    }

    /// From the least to the greatest day that has something.
    pub fn span(&self) -> (f64, f64) {
        let days = self.points.iter().map(|(on, _)| self.day(*on));
        days.fold((0.0, self.end()), |(least, most), day| {
            (least.min(day), most.max(day))
        })
    }

    /// From the least to the greatest value, with start and target, and air above and below.
    pub fn range(&self) -> (f64, f64) {
        let values = self
            .points
            .iter()
            .chain(&self.old_targets)
            .map(|(_, value)| *value);
        let more = [self.start, self.target]
            .into_iter()
            .chain(self.projected_end());
        let (least, most) = values.chain(more).fold(
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

    /// The value that every day would have if it moved evenly: through today's to the target, back
    /// to where it meets the start. A key result made in mid-cycle begins there.
    pub fn ideal(&self) -> [Place; 2] {
        let to = (self.end(), self.target);
        let whole = [(0.0, self.start), to];
        let Some(today) = self.today().filter(|today| *today < to.0) else {
            return whole;
        };
        let a_day = (self.target - self.ideal_today) / (to.0 - today);
        let first = today - (self.ideal_today - self.start) / a_day;
        if first.is_finite() && (0.0..to.0).contains(&first) {
            [(first, self.start), to]
        } else {
            whole
        }
    }

    /// From the latest check-in to where the present speed leads by the last day.
    pub fn projection(&self) -> Option<[Place; 2]> {
        let (on, value) = *self.points.last()?;
        let today = self.today()?;
        let from = (self.day(on), value);
        // It has stood still since: the speed counts from today.
        let end = value + self.speed? * (self.end() - today);
        (from.0 < self.end() && end.is_finite()).then_some([from, (self.end(), end)])
    }

    /// The projection as far as it lies within the range: beyond it stands only what it comes to.
    pub fn projection_in_range(&self) -> Option<[Place; 2]> {
        let [from, to] = self.projection()?;
        let (least, most) = self.range();
        let edge = to.1.clamp(least, most);
        // A line that rises or falls reaches each value between its ends once.
        let share = if edge == to.1 {
            1.0
        } else {
            (edge - from.1) / (to.1 - from.1)
        };
        Some([from, (from.0 + (to.0 - from.0) * share, edge)])
    }

    /// Between the present speed and the one since the start of the line: where the last day may lie.
    pub fn projected_between(&self) -> Option<[f64; 2]> {
        let [_, (_, end)] = self.projection()?;
        let (on, value) = *self.points.last()?;
        let [first, _] = self.ideal();
        let days = self.day(on) - first.0;
        let steady = value + (value - self.start) / days * (self.end() - self.today()?);
        (days >= 1.0 && steady.is_finite()).then(|| [end.min(steady), end.max(steady)])
    }

    /// Held to twice the way, so that a wild guess does not flatten everything else.
    fn projected_end(&self) -> Option<f64> {
        let [_, (_, end)] = self.projection()?;
        let way = (self.target - self.start).abs();
        let (least, most) = (self.start.min(self.target), self.start.max(self.target));
        Some(end.clamp(least - way * 0.5, most + way * 0.5))
    }

    /// Points and replaced targets by their days; the points of a day first.
    pub fn stops(&self) -> Vec<Stop> {
        let points = self.points.iter().enumerate();
        let points = points.map(|(at, (on, _))| (*on, Stop::Point(at)));
        let moves = self.old_targets.iter().enumerate();
        let moves = moves.map(|(at, (on, _))| (*on, Stop::Move(at)));
        let mut stops: Vec<_> = points.chain(moves).collect();
        stops.sort_by_key(|(on, _)| *on);
        stops.into_iter().map(|(_, stop)| stop).collect()
    }

    /// Where a stop is drawn.
    pub fn place(&self, stop: Stop) -> Place {
        match stop {
            Stop::Point(at) => (self.day(self.points[at].0), self.points[at].1),
            Stop::Move(at) => {
                let (on, value) = self.old_targets[at];
                (self.day(on).clamp(0.0, self.end()), value)
            }
        }
    }

    /// The targets of all days as a line with steps; nothing when there was only one.
    pub fn target_steps(&self) -> Vec<Place> {
        let mut from = 0.0;
        let mut line = Vec::new();
        for (until, value) in &self.old_targets {
            let until = self.day(*until).clamp(from, self.end());
            line.extend([(from, *value), (until, *value)]);
            from = until;
        }
        if !line.is_empty() {
            line.extend([(from, self.target), (self.end(), self.target)]);
        }
        line
    }
}

/// Moves labels apart that stand closer than `gap`, downwards from the top; in their own order.
pub fn apart(places: &[f64], gap: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|&a, &b| places[a].total_cmp(&places[b]));
    let mut moved = places.to_vec();
    for pair in order.windows(2) {
        moved[pair[1]] = moved[pair[1]].max(moved[pair[0]] + gap);
    }
    // What was pushed out below pushes back.
    let mut limit = bottom;
    for &label in order.iter().rev() {
        moved[label] = moved[label].min(limit);
        limit = moved[label] - gap;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    /// From 0 to 100 in the 31 days of October, seen on the 16th.
    fn plot() -> Plot {
        Plot {
            start: 0.0,
            target: 100.0,
            days: (on(10, 1), on(10, 31)),
            today: on(10, 16),
            ideal_today: 50.0,
            speed: Some(2.0),
            points: vec![(on(10, 8), 20.0), (on(10, 15), 30.0)],
            old_targets: vec![],
        }
    }

    #[test]
    fn a_projection_far_beyond_the_target_ends_at_the_edge_of_the_chart() {
        assert_eq!(plot().projection_in_range(), plot().projection());
        let wild = Plot {
            speed: Some(40.0),
            ..plot()
        };
        let [from, (day, value)] = wild.projection_in_range().unwrap();
        let [_, (_, end)] = wild.projection().unwrap();
        assert_eq!(from, (14.0, 30.0));
        assert_eq!(value, wild.range().1);
        assert!(value < end && (14.0..30.0).contains(&day));
    }

    #[test]
    fn the_ideal_pace_leads_from_the_start_to_the_target() {
        assert_eq!(plot().ideal(), [(0.0, 0.0), (30.0, 100.0)]);
        // Made on the 11th: by the 16th it should be a quarter of the way.
        let late = Plot {
            ideal_today: 25.0,
            ..plot()
        };
        assert_eq!(late.ideal(), [(10.0, 0.0), (30.0, 100.0)]);
        let over = Plot {
            today: on(11, 9),
            ideal_today: 100.0,
            ..plot()
        };
        assert_eq!(over.ideal(), [(0.0, 0.0), (30.0, 100.0)]);
    }

    #[test]
    fn the_projection_leads_on_at_the_present_speed() {
        assert_eq!(plot().projection(), Some([(14.0, 30.0), (30.0, 60.0)]));
        let unmeasured = Plot {
            speed: None,
            ..plot()
        };
        assert_eq!(unmeasured.projection(), None);
        let silent = Plot {
            points: vec![],
            ..plot()
        };
        assert_eq!(silent.projection(), None);
    }

    #[test]
    fn the_projection_spreads_to_the_speed_since_the_start() {
        // 30 in 14 days, then 15 more days: a little more than the present speed gives.
        let [least, most] = plot().projected_between().unwrap();
        assert_eq!(least, 60.0);
        assert!((most - (30.0 + 30.0 / 14.0 * 15.0)).abs() < 1e-9);
        let at_once = Plot {
            points: vec![(on(10, 1), 0.0)],
            ..plot()
        };
        assert_eq!(at_once.projected_between(), None);
    }

    #[test]
    fn start_and_target_are_always_in_view() {
        let (least, most) = plot().range();
        assert!(least < 0.0 && most > 100.0);
        let flat = Plot {
            start: 5.0,
            target: 5.0,
            points: vec![(on(10, 8), 5.0)],
            speed: None,
            ..plot()
        };
        assert_eq!(flat.range(), (4.0, 6.0));
    }

    #[test]
    fn a_moved_target_is_a_step() {
        assert_eq!(plot().target_steps(), []);
        let moved = Plot {
            old_targets: vec![(on(10, 11), 80.0)],
            ..plot()
        };
        assert_eq!(
            moved.target_steps(),
            [(0.0, 80.0), (10.0, 80.0), (10.0, 100.0), (30.0, 100.0)]
        );
    }

    #[test]
    fn points_and_moved_targets_are_stepped_through_by_their_days() {
        let moved = Plot {
            old_targets: vec![(on(9, 20), 60.0), (on(10, 8), 80.0)],
            ..plot()
        };
        let stops = moved.stops();
        assert_eq!(
            stops,
            [Stop::Move(0), Stop::Point(0), Stop::Move(1), Stop::Point(1)]
        );
        // Before the cycle began.
        assert_eq!(moved.place(stops[0]), (0.0, 60.0));
        assert_eq!(moved.place(stops[1]), (7.0, 20.0));
    }

    #[test]
    fn labels_do_not_cover_each_other() {
        assert_eq!(apart(&[50.0, 10.0], 14.0, 100.0), [50.0, 10.0]);
        assert_eq!(apart(&[50.0, 48.0], 14.0, 100.0), [62.0, 48.0]);
        assert_eq!(apart(&[98.0, 99.0], 14.0, 100.0), [86.0, 100.0]);
    }
}
