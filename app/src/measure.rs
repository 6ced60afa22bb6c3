//! How the values of one measure are written, wherever they stand: in lists, charts, fields and sentences.

use okrs_shared::key_result::MetricType;
use okrs_shared::kpi_detail::ListedKpi;
use okrs_shared::number::Number;
use okrs_shared::okr_detail::ListedKeyResult;
use okrs_shared::okr_list::KeyResultLine;

use crate::locale;
use crate::words;

/// What the values of a key result or a KPI are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// 1 is yes.
    YesNo,
    /// In percent, from 0 to 100.
    Percent,
    /// An amount of money.
    Money {
        /// As it was written: "£" or "GBP".
        unit: String,
        /// By ISO 4217.
        currency: &'static str,
    },
    /// Of something else, or of nothing that was said.
    Amount(Option<String>),
}

/// Currencies by what people write for them. A dollar sign is anybody's; it is shown as one again.
const CURRENCIES: [(&str, &str); 13] = [
    ("£", "GBP"),
    ("€", "EUR"),
    ("$", "USD"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("₪", "ILS"),
    ("R$", "BRL"),
    ("CHF", "CHF"),
];

/// Units that are no longer than this fit into a chart.
const SHORT: usize = 8;

impl Measure {
    /// By the kind, where there are kinds, and by what stands as its unit.
    pub fn new(metric_type: Option<MetricType>, unit: Option<&str>) -> Self {
        let unit = unit.map(str::trim).filter(|unit| !unit.is_empty());
        let known = |unit: &str| {
            let mut known = CURRENCIES.iter();
            known.find(|(sign, code)| *sign == unit || *code == unit)
        };
        match (metric_type, unit) {
            (Some(MetricType::Boolean), _) => Self::YesNo,
            (Some(MetricType::Percentage), _) | (_, Some("%")) => Self::Percent,
            (_, Some(unit)) => match known(unit) {
                Some((_, currency)) => Self::Money {
                    unit: unit.to_owned(),
                    currency,
                },
                None => Self::Amount(Some(unit.to_owned())),
            },
            (_, None) => Self::Amount(None),
        }
    }

    /// A value with its unit, in text.
    pub fn text(&self, value: Number) -> String {
        self.written(value.get())
    }

    fn written(&self, value: f64) -> String {
        match self {
            Self::YesNo if value >= 1.0 => words::home().yes.to_owned(),
            Self::YesNo => words::home().no.to_owned(),
            Self::Percent => locale::percentage(value),
            Self::Money { currency, .. } => locale::money(value, currency),
            Self::Amount(Some(unit)) => format!("{} {unit}", locale::number(value)),
            Self::Amount(None) => locale::number(value),
        }
    }

    /// A value in text where there is little room: without a unit that is long.
    pub fn short_text(&self, value: f64) -> String {
        match self {
            Self::Amount(Some(unit)) if unit.chars().count() > SHORT => locale::number(value),
            _ => self.written(value),
        }
    }

    /// This measure where the word for its unit stands nearby already.
    pub fn without_word(self) -> Self {
        match self {
            Self::Amount(_) => Self::Amount(None),
            sign => sign,
        }
    }

    /// The number and the unit that may stand beside it in a lighter tone, if it stands there at all.
    pub fn parts(&self, value: Number) -> (String, Option<&str>) {
        match self {
            Self::Amount(unit) => (locale::number(value.get()), unit.as_deref()),
            _ => (self.text(value), None),
        }
    }

    /// What stands beside a field, and what else may be typed into it for the same.
    pub fn beside(&self) -> Vec<&str> {
        match self {
            Self::YesNo => Vec::new(),
            Self::Percent => vec!["%"],
            Self::Money { unit, currency } => {
                let mut all = vec![&**unit, currency];
                let sign = CURRENCIES.iter().find(|(_, code)| code == currency);
                all.extend(sign.map(|(sign, _)| *sign));
                all
            }
            Self::Amount(unit) => unit.as_deref().into_iter().collect(),
        }
    }
}

impl From<&ListedKeyResult> for Measure {
    fn from(key_result: &ListedKeyResult) -> Self {
        Self::new(Some(key_result.metric_type), key_result.unit.as_deref())
    }
}

impl From<&KeyResultLine> for Measure {
    fn from(key_result: &KeyResultLine) -> Self {
        Self::new(Some(key_result.metric_type), key_result.unit.as_deref())
    }
}

impl From<&ListedKpi> for Measure {
    fn from(kpi: &ListedKpi) -> Self {
        Self::new(None, kpi.unit.as_deref())
    }
}

/// What an even pace would give by now, no finer than start and target are: a pace is no measurement.
pub fn pace(exact: Number, start: Number, target: Number) -> Number {
    let decimals = decimals(start).max(decimals(target));
    let scale = 10f64.powi(decimals);
    Number::new((exact.get() * scale).round() / scale).unwrap_or(exact)
}

/// Decimals of a value, at most six.
fn decimals(value: Number) -> i32 {
    let is_whole = |decimals: &i32| {
        let scaled = value.get() * 10f64.powi(*decimals);
        (scaled - scaled.round()).abs() <= 1e-9 * scaled.abs().max(1.0)
    };
    (0..6).find(is_whole).unwrap_or(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_unit_is_decides_how_values_are_written() {
        let of = |unit| Measure::new(Some(MetricType::Number), Some(unit));
        assert_eq!(of("%"), Measure::Percent);
        assert_eq!(of(" kg "), Measure::Amount(Some("kg".to_owned())));
        assert_eq!(of(" "), Measure::Amount(None));
        assert_eq!(of("GBP").beside(), ["GBP", "GBP", "£"]);
        assert_eq!(of("£").beside(), ["£", "GBP", "£"]);
        let percent = Measure::new(Some(MetricType::Percentage), Some("percent"));
        assert_eq!(percent, Measure::Percent);
        assert_eq!(Measure::new(None, Some("$")).beside(), ["$", "USD", "$"]);
    }

    #[test]
    fn a_pace_is_as_fine_as_start_and_target() {
        let pace = |exact, start, target| {
            let [exact, start, target] = [exact, start, target].map(|v| Number::new(v).unwrap());
            super::pace(exact, start, target).get()
        };
        assert_eq!(pace(41.237, 32.0, 50.0), 41.0);
        assert_eq!(pace(4.1237, 3.5, 8.0), 4.1);
        assert_eq!(pace(0.412_37, 0.0, 0.75), 0.41);
        assert_eq!(pace(436_499.7, 0.0, 600_000.0), 436_500.0);
        assert_eq!(pace(1e300, 0.0, 1e301), 1e300);
    }
}
