//! Small parts that show something of a KPI wherever it stands.

use leptos::prelude::*;
use okrs_shared::kpi::{Direction, KpiCategory, UpdateFrequency};
use okrs_shared::kpi_detail::ListedKpi;
use okrs_shared::number::Number;
use okrs_shared::rules::Trend;

use crate::components::okr_parts::Flag;
use crate::components::status::Mark;
use crate::components::ui::icon::{Icon, Shape};
use crate::measure::Measure;
use crate::words;

/// What part of the business it watches, in a word.
pub fn category_word(category: KpiCategory) -> &'static str {
    let kpis = words::kpis();
    match category {
        KpiCategory::Acquisition => kpis.acquisition,
        KpiCategory::Conversion => kpis.conversion,
        KpiCategory::Retention => kpis.retention,
        KpiCategory::Revenue => kpis.revenue,
        KpiCategory::Custom => kpis.other,
    }
}

/// How often it should be measured.
pub fn frequency_word(frequency: UpdateFrequency) -> &'static str {
    let kpis = words::kpis();
    match frequency {
        UpdateFrequency::Weekly => kpis.weekly,
        UpdateFrequency::Monthly => kpis.monthly,
        UpdateFrequency::Quarterly => kpis.quarterly,
    }
}

/// When it is better.
pub fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Higher => words::kpis().better_higher,
        Direction::Lower => words::kpis().better_lower,
    }
}

/// A value of this KPI with its unit, in text.
pub fn amount_text(kpi: &ListedKpi, value: Number) -> String {
    Measure::from(kpi).text(value)
}

/// A value, its unit in a lighter tone.
#[component]
pub fn Amount(value: Option<Number>, measure: Measure) -> impl IntoView {
    let Some(value) = value else {
        return view! { <span class="quiet">{words::kpis().none}</span> }.into_any();
    };
    let (number, unit) = measure.parts(value);
    let unit = unit.map(str::to_owned);
    view! {
        <span class="amount">
            {number}
            {unit.map(|unit| view! { <span class="unit">" " {unit}</span> })}
        </span>
    }
    .into_any()
}

/// Which way the last value went, as an arrow, and what that means, as a word.
#[component]
pub fn TrendMark(trend: Trend, direction: Direction) -> impl IntoView {
    let kpis = words::kpis();
    let (word, class) = match trend {
        Trend::Improving => (kpis.improving, "on-track"),
        Trend::Flat => (kpis.steady, "not-started"),
        Trend::Worsening => (kpis.worsening, "off-track"),
    };
    view! {
        <span class=format!("trend {class}")>
            <Icon shape=arrow(trend, direction) />
            {word}
        </span>
    }
}

/// What is better may be a fall.
fn arrow(trend: Trend, direction: Direction) -> Shape {
    match (trend, direction) {
        (Trend::Flat, _) => Shape::Level,
        (Trend::Improving, Direction::Higher) | (Trend::Worsening, Direction::Lower) => Shape::Rise,
        (Trend::Improving, Direction::Lower) | (Trend::Worsening, Direction::Higher) => Shape::Fall,
    }
}

/// That the next value of a KPI is overdue.
#[component]
pub fn OverdueFlag() -> impl IntoView {
    view! { <Flag mark=Mark::AtRisk shape=Shape::Clock word=words::kpis().overdue /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrow_is_the_way_of_the_value_whatever_that_means() {
        assert_eq!(arrow(Trend::Improving, Direction::Higher), Shape::Rise);
        assert_eq!(arrow(Trend::Improving, Direction::Lower), Shape::Fall);
        assert_eq!(arrow(Trend::Worsening, Direction::Lower), Shape::Rise);
        assert_eq!(arrow(Trend::Flat, Direction::Lower), Shape::Level);
    }
}
