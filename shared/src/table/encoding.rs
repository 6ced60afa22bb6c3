//! Which text the bytes of a file are. What writes them does not say so, except for the mark at their beginning.

/// How spreadsheets write text. Browsers decode each of them.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    serde::Serialize,
    serde::Deserialize,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// What everything else writes.
    #[default]
    Utf8,
    /// Excel on Windows in Western Europe and America.
    Windows1252,
    /// Excel on Windows in Central Europe.
    Windows1250,
    /// Excel on a Macintosh.
    Macintosh,
    /// Excel's "Unicode text".
    Utf16Le,
    /// The same with its bytes the other way round.
    Utf16Be,
}

impl Encoding {
    /// What the bytes surely are: what their mark says, or what only that can be.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        // ASCII in pairs of bytes has a zero in each; no other text has one.
        let has_zeros = |from: usize| {
            let halves = bytes.iter().skip(from).step_by(2).take(50);
            bytes.len() > 1 && halves.filter(|byte| **byte == 0).count() > 0
        };
        if bytes.starts_with(&[0xff, 0xfe]) || has_zeros(1) {
            return Some(Self::Utf16Le);
        }
        if bytes.starts_with(&[0xfe, 0xff]) || has_zeros(0) {
            return Some(Self::Utf16Be);
        }
        std::str::from_utf8(bytes).is_ok().then_some(Self::Utf8)
    }

    /// What it is called in the encoding standard, and for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Windows1252 => "Windows-1252",
            Self::Windows1250 => "Windows-1250",
            Self::Macintosh => "Macintosh",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
        }
    }
}

/// Whether a file is no text but a workbook of Excel, LibreOffice or Numbers, or an old one of Excel.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_what_their_mark_says_or_what_only_they_can_be() {
        let utf_16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(bytes).collect()
        };
        for (bytes, expected) in [
            (b"name".to_vec(), Some(Encoding::Utf8)),
            ("\u{feff}J\u{f6}rg".into(), Some(Encoding::Utf8)),
            (b"J\xf6rg".to_vec(), None),
            (
                utf_16("\u{feff}名前", u16::to_le_bytes),
                Some(Encoding::Utf16Le),
            ),
            (utf_16("name", u16::to_le_bytes), Some(Encoding::Utf16Le)),
            (
                utf_16("\u{feff}name", u16::to_be_bytes),
                Some(Encoding::Utf16Be),
            ),
            (Vec::new(), Some(Encoding::Utf8)),
        ] {
            assert_eq!(Encoding::of(&bytes), expected, "{bytes:?}");
        }
        assert!(is_workbook(b"PK\x03\x04\x14"));
        assert!(!is_workbook(b"PK,name"));
    }
}
