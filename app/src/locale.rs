//! Numbers and dates as the reader writes them, by the browser's own `Intl`.

use chrono::{Datelike as _, NaiveDate};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsValue;

fn locales() -> Array {
    Array::of1(
        &window()
            .navigator()
            .language()
            .unwrap_or_else(|| "en".to_owned())
            .into(),
    )
}

fn options(fields: &[(&str, JsValue)]) -> Object {
    let options = Object::new();
    for (name, value) in fields {
        // A plain object takes any property.
        let _ = Reflect::set(&options, &(*name).into(), value);
    }
    options
}

// Making a format costs a hundred times more than using it, and long lists use them a lot.
thread_local! {
    static NUMBER: Function = number_format(&[("maximumFractionDigits", 6.into())]);
    static PERCENT: Function = number_format(&[
        ("style", "percent".into()),
        ("maximumFractionDigits", 0.into()),
    ]);
    static PERCENTAGE: Function = number_format(&[
        ("style", "percent".into()),
        ("maximumFractionDigits", 6.into()),
    ]);
    static DAYS: Intl::RelativeTimeFormat =
        Intl::RelativeTimeFormat::new(&locales(), &options(&[("numeric", "auto".into())]));
    static DAY: Function = date_format(&[]);
    static DAY_OF_YEAR: Function = date_format(&[("year", "numeric".into())]);
}

fn number_format(fields: &[(&str, JsValue)]) -> Function {
    Intl::NumberFormat::new(&locales(), &options(fields)).format()
}

/// Of dates without a time, which are the same day everywhere.
fn date_format(more: &[(&str, JsValue)]) -> Function {
    let mut fields = vec![
        ("day", "numeric".into()),
        ("month", "short".into()),
        ("timeZone", "UTC".into()),
    ];
    fields.extend_from_slice(more);
    Intl::DateTimeFormat::new(&locales(), &options(&fields)).format()
}

fn format_number(value: f64, format: &Function) -> String {
    format
        .call1(&JsValue::UNDEFINED, &value.into())
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| value.to_string())
}

/// A value as it was entered, with the reader's separators.
pub fn number(value: f64) -> String {
    NUMBER.with(|format| format_number(value, format))
}

/// A share from 0 to 1 in percent, without decimals.
pub fn percent(share: f64) -> String {
    PERCENT.with(|format| format_number(share, format))
}

/// A value that was entered in percent, as it was entered.
pub fn percentage(value: f64) -> String {
    PERCENTAGE.with(|format| format_number(value / 100.0, format))
}

/// A number as someone types it: with the reader's decimal mark or a point, and spaces or the reader's
/// grouping marks between digits.
pub fn parse_number(text: &str) -> Option<f64> {
    let decimal = number(1.5).chars().nth(1).unwrap_or('.');
    parse_with(text, decimal)
}

fn parse_with(text: &str, decimal: char) -> Option<f64> {
    let text: String = text
        .trim()
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\'' && *c != '’')
        .collect();
    // With a comma for decimals a point may group thousands, but only in groups of three.
    let groups = |text: &str, mark: char| {
        text.matches(mark).count() > 0
            && text
                .split(mark)
                .skip(1)
                .all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()))
    };
    let text = match decimal {
        ',' if text.contains(',') || groups(&text, '.') && text.matches('.').count() > 1 => {
            text.replace('.', "").replace(',', ".")
        }
        '.' if groups(&text, ',') || text.contains('.') => text.replace(',', ""),
        _ => text.replace(',', "."),
    };
    read_decimal(&text)
}

/// Digits with or without a sign and a point, as people write them. JSON's reader is in the program
/// anyway; the standard library's would bring 15 KB of tables.
fn read_decimal(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    if !digits.contains(|c: char| c.is_ascii_digit()) || digits.starts_with('-') {
        return None;
    }
    // JSON has neither leading zeros nor bare points.
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    serde_json::from_str(&match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    })
    .ok()
}

/// Milliseconds since 1970 of an RFC 3339 instant or a date.
fn millis(iso: &str) -> f64 {
    Date::parse(iso)
}

fn format_date(millis: f64, fields: &[(&str, JsValue)]) -> String {
    let format = Intl::DateTimeFormat::new(&locales(), &options(fields));
    format
        .format()
        .call1(&JsValue::UNDEFINED, &Date::new(&millis.into()))
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// "12 Nov", with the year when it is not this one.
pub fn day(iso: &str) -> String {
    let at = Date::new(&iso.into());
    let mut fields = vec![("day", "numeric".into()), ("month", "short".into())];
    if at.get_full_year() != Date::new_0().get_full_year() {
        fields.push(("year", "numeric".into()));
    }
    if iso.len() == 10 {
        // A date has no time zone: it is the same day everywhere.
        fields.push(("timeZone", "UTC".into()));
    }
    format_date(millis(iso), &fields)
}

/// "today", "3 days ago", and after six days the day.
pub fn ago(iso: &str) -> String {
    let days = ((Date::now() - millis(iso)) / 86_400_000.0).floor();
    if !(0.0..7.0).contains(&days) {
        return day(iso);
    }
    DAYS.with(|format| format.format(-days, "day").into())
}

/// "12 Nov", with the year when it is not that of `today`.
pub fn date(on: NaiveDate, today: NaiveDate) -> String {
    let at = Date::new(&on.to_string().into());
    let format = if on.year() == today.year() {
        &DAY
    } else {
        &DAY_OF_YEAR
    };
    let text = format.with(|format| format.call1(&JsValue::UNDEFINED, &at));
    text.ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// "today", "3 days ago", and after six days the date. Both are days of the workspace.
pub fn date_ago(on: NaiveDate, today: NaiveDate) -> String {
    let days = (today - on).num_days();
    if (0..7).contains(&days) {
        DAYS.with(|format| format.format(-(days as f64), "day").into())
    } else {
        date(on, today)
    }
}

/// Day and time in full, for whoever looks closer.
pub fn instant(iso: &str) -> String {
    let fields = [("dateStyle", "full".into()), ("timeStyle", "short".into())];
    format_date(millis(iso), &fields)
}

/// The reader's time zone by its IANA name.
pub fn timezone() -> String {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    Reflect::get(&format.resolved_options(), &"timeZone".into())
        .ok()
        .and_then(|zone| zone.as_string())
        .unwrap_or_else(|| "UTC".to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse_with;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, value) in [
            ("70", 70.0),
            (" 1 234,5 ", 1234.5),
            ("1.234,5", 1234.5),
            ("1,5", 1.5),
            ("1.5", 1.5),
            ("1.234.567", 1_234_567.0),
            ("-3,25", -3.25),
        ] {
            assert_eq!(parse_with(text, ','), Some(value), "{text}");
        }
        for (text, value) in [
            ("1,234.5", 1234.5),
            ("1,234", 1234.0),
            ("1,5", 1.5),
            ("1'234.50", 1234.5),
            ("0.1", 0.1),
            (".5", 0.5),
            ("+5.", 5.0),
            ("-007.50", -7.5),
            ("1e3", 1000.0),
        ] {
            assert_eq!(parse_with(text, '.'), Some(value), "{text}");
        }
        for text in ["", "-", ".", "seventy", "1e999", "--1", "NaN", "inf"] {
            assert_eq!(parse_with(text, '.'), None, "{text}");
        }
    }
}
