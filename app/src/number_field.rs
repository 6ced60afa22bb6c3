//! What a number field takes: one grammar for values, targets and weights.
//!
//! It is read as the page writes it: with the reader's digits, signs and marks, or as a plain `1234.5`. A
//! grouping mark counts only where the page itself would put one. What could be two numbers is refused
//! with both, because a silent guess stores a number a thousand times too small.

use okrs_json as json;

/// How a reader writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// From 0 to 9.
    pub digits: [char; 10],
    /// What begins the decimals.
    pub decimal: char,
    /// What groups the digits before them; `None` where nothing does.
    pub group: Option<char>,
    /// Digits in the last group, and in those before it.
    pub group_sizes: (usize, usize),
}

/// Why a text is not one number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unread {
    /// It is none.
    NotANumber,
    /// The text's marks are misplaced, or mean two things.
    Unclear {
        /// The number that it is if the mark groups digits.
        grouped: f64,
        /// The number that it is if the mark begins the decimals, where that can be.
        decimal: Option<f64>,
    },
}

/// The number that was typed. `beside` is what stands beside the field and may be typed with it: the
/// unit, a percent sign, a currency.
pub fn read(text: &str, marks: &Marks, beside: &[&str]) -> Result<f64, Unread> {
    let text = written_plainly(text);
    let (sign, unsigned) = split_sign(text.trim());
    let (inner_sign, amount) = split_sign(without_units(unsigned, beside));
    if !sign.is_empty() && !inner_sign.is_empty() {
        return Err(Unread::NotANumber);
    }
    let sign = if sign.contains('-') || inner_sign.contains('-') {
        "-"
    } else {
        ""
    };
    // "1e3" is how programs write, whose digits and marks are plain.
    let (amount, exponent) = match amount.split_once('e') {
        Some((amount, exponent)) => (amount, exponent),
        None => (amount, "0"),
    };
    let value = |decimal: &str| to_float(sign, decimal, exponent).ok_or(Unread::NotANumber);
    match Reading::of(amount, marks).ok_or(Unread::NotANumber)? {
        Reading::One(decimal) => value(&decimal),
        Reading::Unclear { grouped, decimal } => Err(Unread::Unclear {
            grouped: value(&grouped)?,
            decimal: decimal.map(|decimal| value(&decimal)).transpose()?,
        }),
    }
}

/// Lower case, without the invisible marks of direction, and with what has several shapes in one: spaces,
/// signs, and the wide letters of East Asian keyboards.
fn written_plainly(text: &str) -> String {
    let chars = text.chars().flat_map(char::to_lowercase);
    let chars = chars.filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    let one_shape = |c| match c {
        '\u{2212}' | '\u{2013}' | '\u{fe63}' => '-',
        '٪' | '﹪' => '%',
        '’' => '\'',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    };
    chars.map(one_shape).collect()
}

fn split_sign(text: &str) -> (&str, &str) {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let sign = &text[..text.len() - unsigned.len()];
    (sign, unsigned.trim_start())
}

/// The amount without its unit, which stands before or after it.
fn without_units<'t>(text: &'t str, beside: &[&str]) -> &'t str {
    for unit in beside {
        let unit = written_plainly(unit);
        let unit = unit.trim();
        // A unit that is like a number would take digits with it.
        let is_word = |c: Option<char>| c.is_some_and(|c| !c.is_numeric() && !"-+.,' ".contains(c));
        if is_word(unit.chars().next())
            && let Some(amount) = text.strip_suffix(unit)
        {
            return amount.trim_end();
        }
        if is_word(unit.chars().next())
            && !unit.ends_with(char::is_numeric)
            && let Some(amount) = text.strip_prefix(unit)
        {
            return amount.trim_start();
        }
    }
    text
}

/// What an amount without sign and unit says, in decimals with ASCII digits and a point.
enum Reading {
    One(String),
    Unclear {
        grouped: String,
        decimal: Option<String>,
    },
}

impl Reading {
    /// `None` if there are no digits, or if something else is among them.
    fn of(amount: &str, marks: &Marks) -> Option<Self> {
        let amount = amount
            .chars()
            .map(|c| marks.canonical(c))
            .collect::<Option<String>>()?;
        if !amount.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if let Some((whole, fraction)) = amount.split_once(DECIMAL) {
            return marks.with_decimals(&whole.replace(POINT, ","), fraction);
        }
        match amount.matches(POINT).count() {
            1 => marks.with_point(&amount),
            _ => marks.with_decimals(&amount.replace(POINT, ","), ""),
        }
    }
}

// Marks as they are told apart below, whatever the reader's are.
const DECIMAL: char = '.';
const GROUP: char = ',';
/// A point where the reader's decimals begin with another mark.
const POINT: char = '·';

impl Marks {
    fn canonical(&self, c: char) -> Option<char> {
        let digit = self.digits.iter().position(|digit| *digit == c);
        if let Some(digit) = digit {
            return char::from_digit(digit as u32, 10);
        }
        match c {
            '0'..='9' => Some(c),
            c if c == self.decimal => Some(DECIMAL),
            '.' => Some(POINT),
            // Nobody begins decimals with these.
            ' ' | '\'' => Some(GROUP),
            c if Some(c) == self.group => Some(GROUP),
            _ => None,
        }
    }

    /// Groups before decimals, which may be none.
    fn with_decimals(&self, whole: &str, fraction: &str) -> Option<Reading> {
        if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits = whole.replace(GROUP, "");
        if self.is_grouped(whole) {
            return Some(Reading::One(format!("{digits}.{fraction}")));
        }
        // One misplaced comma may have been meant to begin the decimals.
        let as_decimal = whole.split_once(GROUP).filter(|(before, after)| {
            let is_alone = fraction.is_empty() && !after.contains(GROUP);
            is_alone && !before.is_empty() && matches!(self.group, Some(',' | '.'))
        });
        Some(Reading::Unclear {
            grouped: format!("{digits}.{fraction}"),
            decimal: as_decimal.map(|(before, after)| format!("{before}.{after}")),
        })
    }

    /// One point where the reader's decimals begin with another mark: a plain `1234.5`, unless it groups.
    fn with_point(&self, amount: &str) -> Option<Reading> {
        let (whole, fraction) = amount.split_once(POINT)?;
        if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            // "1.234 567": grouped by both.
            return self.with_decimals(&amount.replace(POINT, ","), "");
        }
        let plain = format!("{}.{fraction}", whole.replace(GROUP, ""));
        let unclear = || Reading::Unclear {
            grouped: plain.replace(DECIMAL, ""),
            decimal: Some(plain.clone()),
        };
        let could_group = self.is_grouped(&amount.replace(POINT, ","));
        let is_plain = self.is_grouped(whole) || whole.is_empty();
        Some(match (self.group, self.decimal) {
            (Some('.'), _) if could_group => Reading::One(plain.replace(DECIMAL, "")),
            // Typed into a grouped number, a digit more makes this of it.
            (Some('.'), _) if fraction.len() > 2 && !matches!(whole, "" | "0") => unclear(),
            // Others with that comma write so, but not this page.
            (_, ',') if could_group => unclear(),
            _ if is_plain => Reading::One(plain),
            _ => unclear(),
        })
    }

    /// Whether groups stand where the page puts them, or by three. Without a mark there is one group.
    fn is_grouped(&self, whole: &str) -> bool {
        let by = |(last, others): (usize, usize)| {
            let mut groups = whole.rsplit(GROUP);
            let ends_right = groups.next().is_some_and(|group| group.len() == last);
            let mut before = groups.clone();
            let first = before.next_back().unwrap_or_default();
            ends_right
                && (1..=others).contains(&first.len())
                && !first.starts_with('0')
                && before.all(|group| group.len() == others)
        };
        !whole.contains(GROUP) || by(self.group_sizes) || by((3, 3))
    }
}

/// JSON's reader is in the program anyway; the standard library's would bring 15 KB of tables.
fn to_float(sign: &str, decimal: &str, exponent: &str) -> Option<f64> {
    let (whole, fraction) = decimal.split_once(DECIMAL).unwrap_or((decimal, ""));
    // JSON has neither leading zeros nor bare points.
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let fraction = match fraction.trim_end_matches('0') {
        "" => "0",
        fraction => fraction,
    };
    json::number(&format!("{sign}{whole}.{fraction}e{exponent}"))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "number_field_tests.rs"]
mod tests;
