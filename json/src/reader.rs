//! Reading a text part by part. Nothing here depends on the type that is read, so it is compiled once.

use std::borrow::Cow;

use crate::Unexpected;

/// What every step of it gives.
pub type Read<T> = Result<T, Unexpected>;

/// A text, and how far it has been read.
pub struct Reader<'t> {
    text: &'t str,
    /// How many bytes have been read.
    at: usize,
}

/// A number in the type that holds it best.
pub enum Number {
    Positive(u64),
    Negative(i64),
    Float(f64),
}

impl<'t> Reader<'t> {
    /// At the beginning of this text.
    pub fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The first byte that is no blank, not yet read.
    pub fn next(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// Reads this byte if it comes next.
    pub fn has(&mut self, byte: u8) -> bool {
        let is_next = self.next() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Reads this byte where nothing else may come.
    pub fn expect(&mut self, byte: u8) -> Read<()> {
        self.has(byte).then_some(()).ok_or(Unexpected)
    }

    /// Reads one of JSON's three words.
    pub fn word(&mut self, word: &str) -> Read<()> {
        let rest = self.text.as_bytes().get(self.at..);
        if !rest.is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            return Err(Unexpected);
        }
        self.at += word.len();
        Ok(())
    }

    /// True or false.
    pub fn bool(&mut self) -> Read<bool> {
        match self.next() {
            Some(b't') => self.word("true").map(|()| true),
            _ => self.word("false").map(|()| false),
        }
    }

    /// Whether another element follows in a list or an object that ends with this byte; reads the
    /// comma before it, or the end.
    pub fn goes_on(&mut self, is_first: &mut bool, end: u8) -> Read<bool> {
        if self.has(end) {
            // A comma must not be the last.
            return Ok(false);
        }
        if !std::mem::take(is_first) {
            self.expect(b',')?;
            if self.next() == Some(end) {
                return Err(Unexpected);
            }
        }
        Ok(true)
    }

    /// A text in quotes, without them and without escapes.
    pub fn string(&mut self) -> Read<Cow<'t, str>> {
        self.expect(b'"')?;
        let mut text = Cow::Borrowed("");
        loop {
            let start = self.at;
            while !matches!(self.byte(), None | Some(b'"' | b'\\' | 0..0x20)) {
                self.at += 1;
            }
            let plain = self.text.get(start..self.at).ok_or(Unexpected)?;
            if text.is_empty() {
                text = Cow::Borrowed(plain);
            } else {
                text.to_mut().push_str(plain);
            }
            let end = self.byte();
            self.at += 1;
            match end {
                Some(b'"') => return Ok(text),
                Some(b'\\') => text.to_mut().push(self.escape()?),
                _ => return Err(Unexpected),
            }
        }
    }

    fn escape(&mut self) -> Read<char> {
        let byte = self.byte();
        self.at += 1;
        Ok(match byte {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let first = self.hex()?;
                let code = match first {
                    // What does not fit in four digits is written in two parts.
                    0xd800..0xdc00 => {
                        self.word("\\u")?;
                        match self.hex()? {
                            second @ 0xdc00..0xe000 => {
                                0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
                            }
                            _ => return Err(Unexpected),
                        }
                    }
                    code => code,
                };
                char::from_u32(code).ok_or(Unexpected)?
            }
            _ => return Err(Unexpected),
        })
    }

    fn hex(&mut self) -> Read<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            code = code * 16 + digit.ok_or(Unexpected)?;
            self.at += 1;
        }
        Ok(code)
    }

    /// A number as the specification has it.
    pub fn number(&mut self) -> Read<Number> {
        self.next();
        let start = self.at;
        let is_negative = self.byte() == Some(b'-');
        self.at += usize::from(is_negative);
        let mut digits = Digits::default();
        let whole = self.at;
        self.digits(&mut digits)?;
        if self.text.as_bytes().get(whole) == Some(&b'0') && self.at > whole + 1 {
            return Err(Unexpected);
        }
        let mut is_whole = true;
        if self.byte() == Some(b'.') {
            is_whole = false;
            self.at += 1;
            let point = self.at;
            self.digits(&mut digits)?;
            digits.exponent -= (self.at - point) as i32;
        }
        if let Some(b'e' | b'E') = self.byte() {
            is_whole = false;
            self.at += 1;
            let minus = self.byte() == Some(b'-');
            self.at += usize::from(matches!(self.byte(), Some(b'-' | b'+')));
            let mut power = Digits::default();
            self.digits(&mut power)?;
            // What is larger by far is out of range, or nothing, as well.
            let power = power.value.unwrap_or(u64::MAX).min(100_000) as i32;
            digits.exponent += if minus { -power } else { power };
        }
        let text = &self.text[start..self.at];
        Ok(match (is_whole, is_negative, digits.value) {
            (true, false, Some(value)) => Number::Positive(value),
            (true, true, Some(value @ 1..=0x8000_0000_0000_0000)) => {
                Number::Negative((value as i64).wrapping_neg())
            }
            _ => Number::Float(float(text, is_negative, digits)?),
        })
    }

    fn digits(&mut self, digits: &mut Digits) -> Read<()> {
        let start = self.at;
        while let Some(byte @ b'0'..=b'9') = self.byte() {
            let digit = u64::from(byte - b'0');
            let value = digits.value.and_then(|value| value.checked_mul(10));
            digits.value = value.and_then(|value| value.checked_add(digit));
            self.at += 1;
        }
        (self.at > start).then_some(()).ok_or(Unexpected)
    }

    /// Reads a value that nobody wants.
    pub fn skip(&mut self) -> Read<()> {
        let mut is_first = true;
        match self.next() {
            Some(b'"') => self.string().map(drop),
            Some(b'{') => {
                self.at += 1;
                while self.goes_on(&mut is_first, b'}')? {
                    self.string()?;
                    self.expect(b':')?;
                    self.skip()?;
                }
                Ok(())
            }
            Some(b'[') => {
                self.at += 1;
                while self.goes_on(&mut is_first, b']')? {
                    self.skip()?;
                }
                Ok(())
            }
            Some(b'n') => self.word("null"),
            Some(b't' | b'f') => self.bool().map(drop),
            _ => self.number().map(drop),
        }
    }
}

/// Digits read as one whole number, which is to be multiplied by a power of ten.
#[derive(Clone, Copy)]
struct Digits {
    /// None when there are too many of them.
    value: Option<u64>,
    exponent: i32,
}

impl Default for Digits {
    fn default() -> Self {
        Self {
            value: Some(0),
            exponent: 0,
        }
    }
}

/// The powers of ten that a float holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// The float nearest to these digits, of which `text` is the whole.
fn float(text: &str, is_negative: bool, digits: Digits) -> Read<f64> {
    // Both sides are exact, so one operation rounds once, which is right to the last digit.
    if let Some(value @ 0..=0x20_0000_0000_0000) = digits.value
        && let Some(power) = POWERS.get(digits.exponent.unsigned_abs() as usize)
    {
        let value = value as f64;
        let value = match digits.exponent {
            0.. => value * power,
            _ => value / power,
        };
        return Ok(if is_negative { -value } else { value });
    }
    Some(any_float(text))
        .filter(|value| value.is_finite())
        .ok_or(Unexpected)
}

/// Few numbers come here; the browser reads them for us.
#[cfg(target_arch = "wasm32")]
fn any_float(text: &str) -> f64 {
    js_sys::parse_float(text)
}

#[cfg(not(target_arch = "wasm32"))]
fn any_float(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}
