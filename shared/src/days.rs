//! Days that people enter.

use chrono::{Datelike, NaiveDate};

use crate::validation::Invalid;

/// The message for a last day before the first.
pub fn out_of_order() -> Invalid {
    Invalid::field("end_date", "must not be before start_date")
}

/// Refuses a year that dates can't be compared in as text; `None` passes.
pub fn day(field: &str, day: Option<NaiveDate>) -> Result<(), Invalid> {
    if day.is_some_and(|day| !(1970..=9999).contains(&day.year())) {
        return Err(Invalid::field(field, "must lie between 1970 and 9999"));
    }
    Ok(())
}

/// Refuses such years in `start_date` and `end_date`, and a last day before the first.
pub fn span(start: Option<NaiveDate>, end: Option<NaiveDate>) -> Result<(), Invalid> {
    day("start_date", start)?;
    day("end_date", end)?;
    match (start, end) {
        (Some(start), Some(end)) if end < start => Err(out_of_order()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_ends_when_it_begins_or_later_in_years_of_four_digits() {
        let on = |text: &str| Some(text.parse().unwrap());
        assert_eq!(span(on("2026-04-01"), on("2026-04-01")), Ok(()));
        assert_eq!(span(None, on("2026-04-01")), Ok(()));
        let refusal = |start, end| span(start, end).unwrap_err().message;
        assert!(refusal(on("2026-04-02"), on("2026-04-01")).starts_with("end_date"));
        assert!(refusal(on("+12345-01-01"), None).starts_with("start_date"));
        assert!(refusal(None, on("0999-01-01")).starts_with("end_date"));
    }
}
