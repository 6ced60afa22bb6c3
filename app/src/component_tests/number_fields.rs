//! What the browser shows as a number, number fields read as that number, in every locale that it knows.

use js_sys::{Array, Intl, Math, Object};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::locale::FieldNumbers;

/// The names of CLDR 48, one a line.
const LOCALES: &str = include_str!("cldr_locales.txt");

/// What a reader may have chosen instead of a locale's own digits.
const DIGITS: [Option<&str>; 6] = [
    None,
    Some("arab"),
    Some("arabext"),
    Some("deva"),
    Some("beng"),
    Some("mymr"),
];

const NUMBERS: [f64; 14] = [
    0.0,
    1.5,
    2500.0,
    -1234.5,
    12_345.0,
    0.123_456_7,
    1e-7,
    0.1 + 0.2,
    -9_876_543_210.123,
    1e21,
    123_456_789_012_345_680.0,
    f64::MAX,
    f64::MIN_POSITIVE,
    5e-324,
];

fn any_finite_number() -> f64 {
    loop {
        let [high, low] = [(); 2].map(|()| (Math::random() * 4_294_967_296.0) as u64);
        let number = f64::from_bits(high << 32 | low);
        if number.is_finite() {
            return number;
        }
    }
}

fn known_locales() -> Vec<Array> {
    let all = LOCALES.lines().map(|name| Array::of1(&name.into()));
    all.filter(|name| Intl::NumberFormat::supported_locales_of(name, &Object::new()).length() == 1)
        .collect()
}

#[wasm_bindgen_test]
fn what_a_number_field_shows_it_reads_in_every_locale() {
    let locales = known_locales();
    assert!(locales.len() > 300, "{}", locales.len());
    for locale in &locales {
        for digits in DIGITS {
            let numbers = FieldNumbers::of(locale, digits);
            let near = (Math::random() - 0.5) * 1e7;
            let hundredths = (near * 100.0).round() / 100.0;
            let chosen = [any_finite_number(), near, hundredths, near.round()];
            for number in NUMBERS.into_iter().chain(chosen) {
                let shown = numbers.show(number);
                let read = numbers.read(&shown, &["%"]);
                assert_eq!(read, Ok(number), "{shown} in {locale:?}, {digits:?}");
            }
        }
    }
}
