//! Numbers as the reader writes them and dates in the page's language, by the browser's own `Intl`; which
//! day it is, the workspace's time zone decides.

mod field_numbers;
mod order;

use std::cell::RefCell;

use chrono::{DateTime, Datelike as _, NaiveDate};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use leptos::prelude::window;
use okrs_shared::days;
use wasm_bindgen::{JsCast as _, JsValue};

#[cfg(all(test, target_arch = "wasm32"))]
pub use self::field_numbers::FieldNumbers;
pub use self::field_numbers::{in_field, read_number};
pub use self::order::sorted;

/// The language that the page is written in.
const LANGUAGE: &str = "en";
/// Where readers of another language are not at home, their dates are written as here.
const LANGUAGE_ABROAD: &str = "en-GB";

/// The reader's, whose digits and marks numbers have.
fn locales() -> Array {
    Array::of1(&readers_locale().into())
}

fn readers_locale() -> String {
    let language = window().navigator().language();
    let language = language.filter(|language| is_taken(language));
    language.unwrap_or_else(|| LANGUAGE.to_owned())
}

/// Whether `Intl` takes it for a language. It throws at "C", which some systems have for one.
fn is_taken(language: &str) -> bool {
    let method = |of: &JsValue, name: &str| Reflect::get(of, &name.into());
    let canonical = method(&js_sys::global(), "Intl")
        .and_then(|intl| method(&intl, "getCanonicalLocales"))
        .map(|found| found.unchecked_into::<Function>());
    canonical.is_ok_and(|canonical| {
        let taken = canonical.call1(&JsValue::UNDEFINED, &language.into());
        taken.is_ok()
    })
}

/// The page's, whose words dates have: they stand within its sentences. As the reader's country has them,
/// if the page's language is the reader's.
fn page_locales() -> Array {
    let reader = readers_locale();
    let is_readers = reader.split('-').next() == Some(LANGUAGE);
    let locale = if is_readers {
        &*reader
    } else {
        LANGUAGE_ABROAD
    };
    Array::of1(&locale.into())
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
    /// Each currency that has been written, by its code.
    static MONEY: RefCell<Vec<(&'static str, Function)>> = const { RefCell::new(Vec::new()) };
    static DAYS: Intl::RelativeTimeFormat =
        Intl::RelativeTimeFormat::new(&page_locales(), &options(&[("numeric", "auto".into())]));
    /// How the workspace's time zone writes a day (as ISO 8601), an instant and the time of day.
    static ZONE: RefCell<Option<(Function, Function, Function)>> = const { RefCell::new(None) };
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
    Intl::DateTimeFormat::new(&page_locales(), &options(&fields)).format()
}

fn format_number(value: f64, format: &Function) -> String {
    format
        .call1(&JsValue::UNDEFINED, &value.into())
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// A value as it was entered, with the reader's separators.
pub fn number(value: f64) -> String {
    NUMBER.with(|format| format_number(value, format))
}

/// A share in percent, without decimals. What does not reach 1 is never shown as if it did.
pub fn percent(share: f64) -> String {
    let share = if share < 1.0 { share.min(0.99) } else { share };
    PERCENT.with(|format| format_number(share, format))
}

/// A value that was entered in percent, as it was entered.
pub fn percentage(value: f64) -> String {
    PERCENTAGE.with(|format| format_number(value / 100.0, format))
}

/// An amount of money, by the currency's code, as it was entered.
pub fn money(value: f64, currency: &'static str) -> String {
    MONEY.with_borrow_mut(|formats| {
        let known = formats.iter().position(|(code, _)| *code == currency);
        let at = known.unwrap_or_else(|| {
            let format = number_format(&[
                ("style", "currency".into()),
                ("currency", currency.into()),
                // "$" is what was written, not "US$".
                ("currencyDisplay", "narrowSymbol".into()),
                ("maximumFractionDigits", 6.into()),
                ("trailingZeroDisplay", "stripIfInteger".into()),
            ]);
            formats.push((currency, format));
            formats.len() - 1
        });
        format_number(value, &formats[at].1)
    })
}

/// Milliseconds since 1970 of an RFC 3339 instant.
fn millis(iso: &str) -> f64 {
    Date::parse(iso)
}

/// From now on an instant lies on the day that it is in this time zone, by its IANA name. Where the
/// browser does not know it, the days are those of UTC.
pub fn use_timezone(zone: &str) {
    let zoned = |locales: &JsValue, fields: &[(&str, JsValue)]| -> Option<Function> {
        let fields = options(fields);
        Reflect::set(&fields, &"timeZone".into(), &zone.into()).ok()?;
        // Its own constructor would throw at a zone that it does not know.
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let made_by = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?;
        let format = Reflect::construct(
            made_by.unchecked_ref::<Function>(),
            &Array::of2(locales, &fields),
        )
        .ok()?;
        Some(format.unchecked_into::<Intl::DateTimeFormat>().format())
    };
    // This locale writes days as ISO 8601 does.
    let day = zoned(&"sv-SE".into(), &[("dateStyle", "short".into())]);
    let instant = zoned(
        &page_locales(),
        &[("dateStyle", "full".into()), ("timeStyle", "short".into())],
    );
    let time = zoned(&page_locales(), &[("timeStyle", "short".into())]);
    ZONE.set(
        day.zip(instant)
            .zip(time)
            .map(|((day, instant), time)| (day, instant, time)),
    );
}

fn formatted(format: &Function, millis: f64) -> Option<String> {
    let at = Date::new(&millis.into());
    format.call1(&JsValue::UNDEFINED, &at).ok()?.as_string()
}

/// The day of an instant in the workspace.
fn day_at(millis: f64) -> NaiveDate {
    let zoned = ZONE.with_borrow(|zone| days::parse(&formatted(&zone.as_ref()?.0, millis)?));
    let utc = || DateTime::from_timestamp_millis(millis as i64);
    zoned
        .or_else(|| Some(utc()?.date_naive()))
        .unwrap_or_default()
}

/// The day of an instant, as RFC 3339 has it, in the workspace.
pub fn day_of(iso: &str) -> NaiveDate {
    day_at(millis(iso))
}

/// "12 Nov", with the year when it is not this one, of an instant.
pub fn day(iso: &str) -> String {
    date(day_of(iso), day_at(Date::now()))
}

/// "today", "3 days ago", and after six days the date.
pub fn ago(iso: &str) -> String {
    ago_at(millis(iso))
}

/// How long ago an instant was, in milliseconds since 1970: "today", and after six days the date.
pub fn ago_at(millis: f64) -> String {
    date_ago(day_at(millis), day_at(Date::now()))
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

/// "Nov", of a day in it.
pub fn month(of: NaiveDate) -> String {
    let fields = options(&[("month", "short".into()), ("timeZone", "UTC".into())]);
    let format = Intl::DateTimeFormat::new(&page_locales(), &fields).format();
    formatted(&format, millis(&of.to_string())).unwrap_or_default()
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
    let zoned = ZONE.with_borrow(|zone| formatted(&zone.as_ref()?.1, millis(iso)));
    zoned.unwrap_or_else(|| iso.to_owned())
}

/// "12:04", and of another day than this one "27 Nov, 12:04".
pub fn time(iso: &str) -> String {
    time_at(millis(iso))
}

/// When an instant in milliseconds since 1970 was: its time, and of another day than this one its date.
pub fn time_at(millis: f64) -> String {
    let time = ZONE.with_borrow(|zone| formatted(&zone.as_ref()?.2, millis));
    let time = time.unwrap_or_default();
    let (on, today) = (day_at(millis), day_at(Date::now()));
    match on == today {
        true => time,
        false => format!("{}, {time}", date(on, today)),
    }
}

/// "Monday" for 1, to 7 for Sunday.
pub fn weekday(number: u8) -> String {
    let fields = options(&[("weekday", "long".into()), ("timeZone", "UTC".into())]);
    let format = Intl::DateTimeFormat::new(&page_locales(), &fields).format();
    // The first of June 2026 was a Monday.
    formatted(&format, millis(&format!("2026-06-{number:02}"))).unwrap_or_default()
}

/// The IANA names of all time zones that the browser knows.
pub fn timezones() -> Vec<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into());
    let supported = intl
        .and_then(|intl| Reflect::get(&intl, &"supportedValuesOf".into()))
        .and_then(|list| {
            let list = list.unchecked_into::<Function>();
            list.call1(&JsValue::UNDEFINED, &"timeZone".into())
        });
    let names = supported.map(|names| Array::from(&names));
    let names = names.iter().flat_map(Array::iter);
    names.filter_map(|name| name.as_string()).collect()
}

/// The reader's time zone by its IANA name.
pub fn timezone() -> String {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    Reflect::get(&format.resolved_options(), &"timeZone".into())
        .ok()
        .and_then(|zone| zone.as_string())
        .unwrap_or_else(|| "UTC".to_owned())
}
