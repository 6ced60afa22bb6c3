//! Changing the constants: what a workspace may set them to.

use serde_json::{Map, Value};

use super::params::Params;
use crate::validation::{self, Invalid};

/// What a body calls them.
const FIELD: &str = "rule_params";

/// Every constant with the least and the most that it may be. Forms show the same limits.
#[rustfmt::skip]
pub const RANGES: [(&str, f64, f64); 33] = [
    ("on_track_gap",           0.0,   1.0),
    ("at_risk_gap",            0.0,   1.0),
    ("not_started_below",      0.0,   1.0),
    // At 1 nothing would be left to grow in.
    ("boolean_due_from",       0.0,   0.99),
    ("stalled_after_days",     1.0,   365.0),
    ("gap_weight",             0.0,   1.0),
    ("recency_weight",         0.0,   1.0),
    ("velocity_weight",        0.0,   1.0),
    ("boolean_gap_weight",     0.0,   1.0),
    ("boolean_recency_weight", 0.0,   1.0),
    ("gap_allowance",          0.0,   1.0),
    // It divides.
    ("gap_span",               0.01,  1.0),
    ("recency_full_days",      0.0,   365.0),
    ("recency_middle_days",    0.0,   365.0),
    ("recency_middle_score",   0.0,   100.0),
    ("recency_zero_days",      0.0,   365.0),
    // No more are kept on a key result.
    ("velocity_points",        2.0,   6.0),
    ("velocity_days",          1.0,   365.0),
    ("velocity_min_points",    2.0,   6.0),
    ("velocity_grace_days",    0.0,   365.0),
    ("declining_factor",       0.0,   1.0),
    ("stalled_cap",            0.0,   100.0),
    ("at_risk_cap",            0.0,   100.0),
    ("blocked_cap",            0.0,   100.0),
    ("off_track_cap",          0.0,   100.0),
    ("on_track_health",        0.0,   100.0),
    ("at_risk_health",         0.0,   100.0),
    // With nothing, an OKR would be off track without any such key result.
    ("off_track_share",        0.01,  1.0),
    ("kpi_on_track",           0.0,   1.0),
    ("kpi_at_risk",            0.0,   1.0),
    ("kpi_weekly_days",        1.0,   366.0),
    ("kpi_monthly_days",       1.0,   366.0),
    ("kpi_quarterly_days",     1.0,   366.0),
];

/// Slack for sums of decimal fractions.
const TOLERANCE: f64 = 1e-9;

impl Params {
    /// These constants with `changes` made to them: the constants that it names take its values, null
    /// brings a default back. Refuses unknown names, values out of their range, and constants that
    /// don't fit together.
    pub fn changed(&self, changes: &Map<String, Value>) -> Result<Self, Invalid> {
        let (mut all, defaults) = (object(self), object(&Self::default()));
        for (name, value) in changes {
            let default = defaults
                .get(name)
                .ok_or_else(|| Invalid::field(FIELD, format_args!("has no constant {name:?}")))?;
            let value = if value.is_null() { default } else { value };
            all.insert(name.clone(), value.clone());
        }
        let params: Self =
            validation::read(&Value::Object(all).to_string()).map_err(|invalid| {
                Invalid::field(
                    FIELD,
                    format_args!("has a wrong value: {}", invalid.message),
                )
            })?;
        params.require_ranges()?;
        params.require_order()?;
        Ok(params)
    }

    /// What has to be stored: the constants that differ from their defaults.
    pub fn differences(&self) -> Map<String, Value> {
        let defaults = object(&Self::default());
        let differs = |(name, value): &(String, Value)| defaults.get(name) != Some(value);
        object(self).into_iter().filter(differs).collect()
    }

    fn require_ranges(&self) -> Result<(), Invalid> {
        let all = object(self);
        for (name, least, most) in RANGES {
            let value = all.get(name).and_then(Value::as_f64);
            if !value.is_some_and(|value| (least..=most).contains(&value)) {
                return Err(wrong(
                    name,
                    format_args!("must be a number from {least} to {most}"),
                ));
            }
        }
        Ok(())
    }

    /// Bands lie above each other, days come after each other, and shares add up to one.
    fn require_order(&self) -> Result<(), Invalid> {
        let whole = |sum: f64| (sum - 1.0).abs() <= TOLERANCE;
        let conditions = [
            (
                self.on_track_gap <= self.at_risk_gap,
                "at_risk_gap",
                "must not be less than on_track_gap",
            ),
            (
                self.recency_full_days <= self.recency_middle_days,
                "recency_middle_days",
                "must not be less than recency_full_days",
            ),
            (
                self.recency_middle_days <= self.recency_zero_days,
                "recency_zero_days",
                "must not be less than recency_middle_days",
            ),
            (
                self.velocity_min_points <= self.velocity_points,
                "velocity_min_points",
                "must not be more than velocity_points",
            ),
            (
                self.at_risk_health <= self.on_track_health,
                "at_risk_health",
                "must not be more than on_track_health",
            ),
            (
                self.kpi_at_risk <= self.kpi_on_track,
                "kpi_at_risk",
                "must not be more than kpi_on_track",
            ),
            (
                whole(self.gap_weight + self.recency_weight + self.velocity_weight),
                "gap_weight",
                "must add up to 1 with recency_weight and velocity_weight",
            ),
            (
                whole(self.boolean_gap_weight + self.boolean_recency_weight),
                "boolean_gap_weight",
                "must add up to 1 with boolean_recency_weight",
            ),
        ];
        match conditions.into_iter().find(|(holds, ..)| !holds) {
            None => Ok(()),
            Some((_, name, problem)) => Err(wrong(name, format_args!("{problem}"))),
        }
    }
}

fn wrong(name: &str, problem: std::fmt::Arguments<'_>) -> Invalid {
    Invalid::field(&format!("{FIELD}.{name}"), problem)
}

fn object(params: &Params) -> Map<String, Value> {
    match serde_json::to_value(params) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    fn changed(changes: &Value) -> Result<Params, String> {
        let changes = changes.as_object().unwrap();
        Params::default()
            .changed(changes)
            .map_err(|invalid| invalid.message)
    }

    #[test]
    fn every_constant_has_a_range_and_its_default_lies_in_it() {
        let named: BTreeSet<_> = RANGES.iter().map(|(name, ..)| (*name).to_owned()).collect();
        let constants: BTreeSet<_> = object(&Params::default())
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(named, constants);
        assert_eq!(changed(&json!({})), Ok(Params::default()));
    }

    #[test]
    fn only_what_differs_from_the_defaults_is_stored() {
        let params = changed(&json!({ "stalled_after_days": 10, "on_track_gap": 0.1 })).unwrap();
        assert_eq!(
            Value::Object(params.differences()),
            json!({ "stalled_after_days": 10 })
        );
        let reset = json!({ "stalled_after_days": null });
        let params = params.changed(reset.as_object().unwrap()).unwrap();
        assert_eq!(params, Params::default());
        assert!(params.differences().is_empty());
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_name() {
        for (changes, field) in [
            (json!({ "stalled": 3 }), "rule_params has"),
            (json!({ "gap_span": 0 }), "rule_params.gap_span "),
            (json!({ "gap_span": "wide" }), "rule_params has"),
            (
                json!({ "velocity_points": 7 }),
                "rule_params.velocity_points ",
            ),
            (json!({ "velocity_points": 2.5 }), "rule_params has"),
            (json!({ "velocity_points": -1 }), "rule_params has"),
            (
                json!({ "off_track_cap": 101 }),
                "rule_params.off_track_cap ",
            ),
            (
                json!({ "off_track_share": 0 }),
                "rule_params.off_track_share ",
            ),
            (
                json!({ "boolean_due_from": 1 }),
                "rule_params.boolean_due_from ",
            ),
            (json!({ "at_risk_gap": 0.05 }), "rule_params.at_risk_gap "),
            (
                json!({ "recency_full_days": 20 }),
                "rule_params.recency_middle_days ",
            ),
            (
                json!({ "recency_zero_days": 10 }),
                "rule_params.recency_zero_days ",
            ),
            (
                json!({ "velocity_points": 2 }),
                "rule_params.velocity_min_points ",
            ),
            (
                json!({ "at_risk_health": 80 }),
                "rule_params.at_risk_health ",
            ),
            (json!({ "kpi_at_risk": 0.9 }), "rule_params.kpi_at_risk "),
            (json!({ "gap_weight": 0.5 }), "rule_params.gap_weight "),
            (
                json!({ "boolean_gap_weight": 0.5 }),
                "rule_params.boolean_gap_weight ",
            ),
        ] {
            let refusal = changed(&changes).unwrap_err();
            assert!(refusal.starts_with(field), "{changes}: {refusal}");
        }
    }
}
