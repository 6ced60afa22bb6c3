//! Lengths and places as text. Printing any float exactly takes tables that would weigh on the first
//! visit; what is drawn needs no more than a tenth of a pixel.

/// The value with at most one decimal, for attributes and styles; beyond a billion it is cut off.
pub fn tenths(value: f64) -> String {
    // The conversion cuts off, and NaN is 0.
    let tenths = (value * 10.0).round().clamp(-1e10, 1e10) as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    match tenth {
        0 => format!("{sign}{whole}"),
        tenth => format!("{sign}{whole}.{tenth}"),
    }
}

#[cfg(test)]
mod tests {
    use super::tenths;

    #[test]
    fn whole_values_have_no_decimal_and_others_one() {
        for (value, text) in [
            (0.0, "0"),
            (-0.04, "0"),
            (44.0, "44"),
            (12.34, "12.3"),
            (-0.25, "-0.3"),
            (99.96, "100"),
            (f64::NAN, "0"),
        ] {
            assert_eq!(tenths(value), text);
        }
    }
}
