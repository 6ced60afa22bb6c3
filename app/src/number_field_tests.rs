//! What number fields read, case by case and for any number.

use proptest::prelude::*;

use super::*;

const ASCII: [char; 10] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

const fn latin(decimal: char, group: Option<char>) -> Marks {
    Marks {
        digits: ASCII,
        decimal,
        group,
        group_sizes: (3, 3),
    }
}

const ENGLISH: Marks = latin('.', Some(','));
const GERMAN: Marks = latin(',', Some('.'));
const FRENCH: Marks = latin(',', Some('\u{202f}'));
const SWISS: Marks = latin('.', Some('’'));
const BULGARIAN: Marks = latin(',', None);
const HINDI: Marks = Marks {
    group_sizes: (3, 2),
    ..ENGLISH
};
const EGYPTIAN: Marks = Marks {
    digits: ['٠', '١', '٢', '٣', '٤', '٥', '٦', '٧', '٨', '٩'],
    ..latin('٫', Some('٬'))
};

fn all_read(marks: &Marks, cases: &[(&str, f64)]) {
    for (text, value) in cases {
        assert_eq!(read(text, marks, &[]), Ok(*value), "{text}");
    }
}

#[test]
fn a_number_is_read_as_its_reader_writes_it() {
    all_read(
        &ENGLISH,
        &[
            ("70", 70.0),
            ("1,234.5", 1234.5),
            ("1,234", 1234.0),
            ("1'234.50", 1234.5),
            ("1 234.5", 1234.5),
            ("-1,234,567.891", -1_234_567.891),
            ("−3.25", -3.25),
            ("+ 7", 7.0),
        ],
    );
    all_read(
        &GERMAN,
        &[
            ("2.500", 2500.0),
            ("12.400", 12_400.0),
            ("1.234,5", 1234.5),
            ("1,5", 1.5),
            ("0,1234567", 0.123_456_7),
            ("1.234.567", 1_234_567.0),
            ("1 234,5", 1234.5),
            ("-3,25", -3.25),
        ],
    );
    all_read(
        &FRENCH,
        &[("1\u{202f}234,5", 1234.5), (" 1 234,5 ", 1234.5)],
    );
    all_read(&SWISS, &[("1’234.5", 1234.5), ("1'234", 1234.0)]);
    all_read(&BULGARIAN, &[("9876543210,5", 9_876_543_210.5)]);
    all_read(&HINDI, &[("98,76,543.5", 9_876_543.5), ("1,234", 1234.0)]);
    all_read(
        &EGYPTIAN,
        &[("\u{61c}-١٬٢٣٤٫٥", -1234.5), ("١٢", 12.0), ("12", 12.0)],
    );
}

#[test]
fn a_plain_number_is_read_everywhere() {
    let plain = [
        ("1234.5", 1234.5),
        ("1.5", 1.5),
        ("0.123", 0.123),
        (".5", 0.5),
        ("+5.", 5.0),
        ("-007.50", -7.5),
        ("1e3", 1000.0),
        ("2.5e-3", 0.0025),
        ("１２．５", 12.5),
    ];
    for marks in [ENGLISH, GERMAN, FRENCH, SWISS, BULGARIAN, HINDI, EGYPTIAN] {
        all_read(&marks, &plain);
    }
}

#[test]
fn a_mark_that_could_mean_two_things_is_refused_with_both() {
    let cases = [
        // Digits typed into a number that was grouped.
        (ENGLISH, "1,20043", 120_043.0, Some(1.20043)),
        (GERMAN, "1.20043", 120_043.0, Some(1.20043)),
        (GERMAN, "1200.430", 1_200_430.0, Some(1200.43)),
        // One taken out of it.
        (ENGLISH, "12,34", 1234.0, Some(12.34)),
        (ENGLISH, "1,5", 15.0, Some(1.5)),
        (HINDI, "12,34", 1234.0, Some(12.34)),
        // The comma of others.
        (ENGLISH, "0,123", 123.0, Some(0.123)),
        (ENGLISH, "-1,2", -12.0, Some(-1.2)),
        // Neither the reader's grouping nor without a doubt a plain number.
        (FRENCH, "1.234", 1234.0, Some(1.234)),
        (BULGARIAN, "12.345", 12_345.0, Some(12.345)),
        // Only grouping, but not so.
        (ENGLISH, "1,2,3", 123.0, None),
        (ENGLISH, "1,20043.5", 120_043.5, None),
        (GERMAN, "1.2.3", 123.0, None),
        (FRENCH, "1 2345", 12_345.0, None),
        (EGYPTIAN, "١٬٢٣", 123.0, None),
    ];
    for (marks, text, grouped, decimal) in cases {
        let unclear = Unread::Unclear { grouped, decimal };
        assert_eq!(read(text, &marks, &[]), Err(unclear), "{text}");
    }
}

#[test]
fn what_stands_beside_the_field_may_be_typed_too() {
    let cases = [
        ("85%", "%", 85.0),
        ("85 %", "%", 85.0),
        ("% 85", "%", 85.0),
        ("£436,500", "£", 436_500.0),
        ("-£5", "£", -5.0),
        ("£-5", "£", -5.0),
        ("5 eur", "EUR", 5.0),
        ("Rs.500", "Rs.", 500.0),
        ("12.5 m²", "m²", 12.5),
        ("3 customers a week", "customers a week", 3.0),
        ("1e3", "e", 1000.0),
    ];
    for (text, unit, value) in cases {
        assert_eq!(read(text, &ENGLISH, &[unit]), Ok(value), "{text}");
    }
    for (text, unit) in [("10", "0"), ("-5", "-"), ("1.5", ".5")] {
        assert_eq!(read(text, &ENGLISH, &[unit]), read(text, &ENGLISH, &[]));
    }
    for text in ["5 kg", "kg", "--5", "-£-5", "5 % %"] {
        assert_eq!(
            read(text, &ENGLISH, &["%", "£"]),
            Err(Unread::NotANumber),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_number_is_none() {
    for text in [
        "",
        " ",
        "-",
        ".",
        ",",
        "seventy",
        "1e999",
        "1e",
        "e3",
        "--1",
        "NaN",
        "inf",
        "1.2.3",
        "1,234.5.6",
        "½",
        "1;5",
    ] {
        assert_eq!(read(text, &ENGLISH, &[]), Err(Unread::NotANumber), "{text}");
    }
}

/// Digits before the decimals as a reader groups them.
fn grouped(whole: &str, marks: &Marks) -> String {
    let Some(mark) = marks.group else {
        return whole.to_owned();
    };
    let (last, others) = marks.group_sizes;
    let mut out: Vec<char> = Vec::new();
    for (at, digit) in whole.chars().rev().enumerate() {
        if at == last || at > last && (at - last) % others == 0 {
            out.push(mark);
        }
        out.push(digit);
    }
    out.iter().rev().collect()
}

fn shown(value: f64, marks: &Marks) -> String {
    let text = format!("{}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = grouped(whole, marks);
    if !fraction.is_empty() {
        out = format!("{out}{}{fraction}", marks.decimal);
    }
    let digit = |c: char| {
        c.to_digit(10)
            .map_or(c, |digit| marks.digits[digit as usize])
    };
    let sign = if value.is_sign_negative() { "-" } else { "" };
    format!("{sign}{}", out.chars().map(digit).collect::<String>())
}

proptest! {
    #[test]
    fn what_a_reader_is_shown_reads_as_what_it_is(value in any::<f64>(), near in -1e7..1e7_f64) {
        for marks in [ENGLISH, GERMAN, FRENCH, SWISS, BULGARIAN, HINDI, EGYPTIAN] {
            for value in [value, near, (near * 100.0).round() / 100.0, near.round()] {
                if value.is_finite() {
                    prop_assert_eq!(read(&shown(value, &marks), &marks, &["%"]), Ok(value));
                }
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), unit in any::<String>()) {
        for marks in [ENGLISH, GERMAN, EGYPTIAN] {
            if let Ok(value) = read(&text, &marks, &[&unit]) {
                prop_assert!(value.is_finite());
            }
        }
    }
}
