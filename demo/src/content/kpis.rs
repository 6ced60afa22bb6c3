//! What Fernhill keeps an eye on, whatever the cycle.

use okrs_shared::kpi::{Direction, KpiCategory, UpdateFrequency};

use super::{Person, Team};

/// A KPI and its measurements.
pub(crate) struct Kpi {
    pub(crate) name: &'static str,
    pub(crate) description: Option<&'static str>,
    pub(crate) owner: Option<Person>,
    pub(crate) team: Option<Team>,
    pub(crate) category: KpiCategory,
    pub(crate) group: Option<&'static str>,
    pub(crate) unit: &'static str,
    pub(crate) frequency: UpdateFrequency,
    pub(crate) direction: Direction,
    pub(crate) target: Option<f64>,
    /// The value it was created with.
    pub(crate) first: Option<f64>,
    /// Measurements, one per period, oldest first.
    pub(crate) values: &'static [f64],
    /// How many days ago the last one was recorded, or the KPI was created.
    pub(crate) days_ago: i64,
    /// What was said with which measurement, counted from 0.
    pub(crate) notes: &'static [(usize, &'static str)],
}

const KPI: Kpi = Kpi {
    name: "",
    description: None,
    owner: None,
    team: None,
    category: KpiCategory::Custom,
    group: None,
    unit: "%",
    frequency: UpdateFrequency::Monthly,
    direction: Direction::Higher,
    target: None,
    first: None,
    values: &[],
    days_ago: 5,
    notes: &[],
};

use Direction::Lower;
use UpdateFrequency::{Quarterly, Weekly};

/// All KPIs of the demo.
pub(crate) const KPIS: [Kpi; 12] = [
    Kpi {
        name: "Orders in a week",
        owner: Some(Person::Leila),
        category: KpiCategory::Revenue,
        group: Some("Sales"),
        unit: "orders",
        frequency: Weekly,
        target: Some(110.0),
        first: Some(79.0),
        values: &[
            84.0, 91.0, 88.0, 97.0, 95.0, 103.0, 99.0, 74.0, 96.0, 104.0, 108.0, 112.0, 106.0,
        ],
        days_ago: 2,
        notes: &[
            (7, "Shop was down on Saturday."),
            (11, "Best week ever, thanks to the Heron film."),
        ],
        ..KPI
    },
    Kpi {
        name: "Net revenue in a month",
        description: Some(
            "Invoiced, without VAT, returns taken off in the month in which they come back.",
        ),
        owner: Some(Person::Tomas),
        category: KpiCategory::Revenue,
        group: Some("Sales"),
        unit: "£",
        target: Some(480_000.0),
        values: &[
            352_000.0, 338_500.0, 361_200.0, 389_900.0, 402_300.0, 371_800.0, 395_400.0, 428_700.0,
            441_100.0, 436_500.0,
        ],
        days_ago: 9,
        notes: &[
            (5, "Two days of strike at the carrier."),
            (8, "Preliminary."),
        ],
        ..KPI
    },
    Kpi {
        name: "Visitors who buy",
        owner: Some(Person::Sanna),
        team: Some(Team::WebShop),
        category: KpiCategory::Conversion,
        group: Some("Web shop"),
        frequency: Weekly,
        target: Some(2.8),
        first: Some(1.8),
        values: &[1.9, 1.8, 2.0, 2.1, 2.1, 1.7, 1.9, 2.0, 2.2, 2.1],
        days_ago: 3,
        notes: &[(5, "The address form.")],
        ..KPI
    },
    Kpi {
        name: "Cost of winning a customer",
        description: Some("Advertising, fairs and test days, divided by first orders."),
        owner: Some(Person::Leila),
        category: KpiCategory::Acquisition,
        group: Some("Sales"),
        unit: "£",
        direction: Lower,
        target: Some(85.0),
        values: &[
            142.0, 139.0, 131.0, 118.0, 124.0, 127.0, 116.0, 109.0, 113.0,
        ],
        days_ago: 12,
        notes: &[(4, "The fair is in here.")],
        ..KPI
    },
    Kpi {
        name: "Warranty claims per 100 bikes",
        owner: Some(Person::Otis),
        team: Some(Team::Assembly),
        group: Some("Quality"),
        unit: "claims",
        direction: Lower,
        target: Some(3.0),
        first: Some(6.4),
        values: &[6.1, 5.8, 5.9, 5.2, 4.7, 5.3, 4.9, 4.8],
        days_ago: 6,
        notes: &[(5, "Display cables again.")],
        ..KPI
    },
    Kpi {
        name: "Delivered on the promised day",
        owner: Some(Person::Bram),
        group: Some("Operations"),
        frequency: Weekly,
        target: Some(95.0),
        values: &[76.0, 78.0, 79.0, 77.0, 81.0, 82.0, 80.0, 84.0, 86.0, 85.0],
        days_ago: 1,
        ..KPI
    },
    Kpi {
        name: "First reply to a rider",
        description: Some("Median over all channels, in working hours."),
        owner: Some(Person::Yara),
        team: Some(Team::CustomerCare),
        category: KpiCategory::Retention,
        group: Some("Quality"),
        unit: "hours",
        frequency: Weekly,
        direction: Lower,
        target: Some(4.0),
        values: &[11.5, 10.2, 9.8, 8.4, 7.9, 8.8, 7.2, 6.9],
        days_ago: 19,
        notes: &[
            (5, "Two people on holiday."),
            (7, "Ticket system moves next week, no figures until then."),
        ],
        ..KPI
    },
    Kpi {
        name: "Riders who come back for service in their first year",
        owner: Some(Person::Yara),
        category: KpiCategory::Retention,
        group: Some("Quality"),
        frequency: Quarterly,
        target: Some(60.0),
        values: &[41.0, 43.0, 42.0, 47.0, 49.0, 48.0, 53.0, 55.0],
        days_ago: 40,
        ..KPI
    },
    Kpi {
        name: "Days of stock",
        description: Some("Stock at cost, divided by the cost of what is sold in a day."),
        owner: Some(Person::Greta),
        team: Some(Team::SupplyChain),
        group: Some("Operations"),
        unit: "days",
        direction: Lower,
        target: Some(55.0),
        values: &[96.0, 93.0, 88.0, 91.0, 84.0, 79.0, 81.0, 77.0],
        days_ago: 47,
        notes: &[(3, "Heron parts arrived before Heron orders.")],
        ..KPI
    },
    Kpi {
        name: "People who left in the last twelve months",
        owner: Some(Person::Tomas),
        group: Some("People"),
        frequency: Quarterly,
        direction: Lower,
        target: Some(10.0),
        values: &[17.0, 16.5, 15.0, 15.5, 14.0, 12.0, 11.5, 9.5],
        days_ago: 20,
        ..KPI
    },
    Kpi {
        name: "Visitors of the web shop",
        owner: Some(Person::Hugo),
        team: Some(Team::WebShop),
        category: KpiCategory::Acquisition,
        group: Some("Web shop"),
        unit: "visitors",
        frequency: Weekly,
        values: &[
            18_420.0, 19_105.0, 17_980.0, 21_310.0, 20_775.0, 20_140.0, 24_660.0, 23_015.0,
            22_390.0, 22_870.0,
        ],
        days_ago: 4,
        notes: &[(6, "Heron film.")],
        ..KPI
    },
    Kpi {
        name: "Carbon of a bike that leaves the factory",
        description: Some(
            "Material, energy and transport to us. The first figure comes from the auditor.",
        ),
        owner: Some(Person::Idris),
        unit: "kg CO2e",
        frequency: Quarterly,
        direction: Lower,
        target: Some(95.0),
        days_ago: 20,
        ..KPI
    },
];
