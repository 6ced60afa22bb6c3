//! The sections of a WebAssembly module, for what no tool does without rewriting all of it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

const MAGIC_AND_VERSION: usize = 8;
/// What browsers and workerd don't need: it begins with its name.
const CUSTOM: u8 = 0;

/// What a section is, and what is in it.
type Section<'a> = (u8, &'a [u8]);

/// The beginning of every module, and its sections. None if it is no module as the specification has it.
pub fn split(module: &[u8]) -> Option<(&[u8], Vec<Section<'_>>)> {
    let mut rest = module;
    let beginning = take(&mut rest, MAGIC_AND_VERSION)?;
    let mut sections = Vec::new();
    while let Some((&id, after)) = rest.split_first() {
        rest = after;
        let length = number(&mut rest)?;
        sections.push((id, take(&mut rest, length)?));
    }
    Some((beginning, sections))
}

/// Takes the names of functions out of a module and into a file beside it: they are for whoever reads a
/// trace of the stack, and a part of every upload otherwise.
pub fn move_names(module: &Path, names: &Path) -> Result<()> {
    let bytes = fs::read(module).with_context(|| format!("{} is missing", module.display()))?;
    let (beginning, sections) = split(&bytes).context("the Worker's program can't be read")?;
    let mut without = beginning.to_vec();
    let mut moved = beginning.to_vec();
    for (id, section) in sections {
        let out = if id == CUSTOM && name(section) == Some("name") {
            &mut moved
        } else {
            &mut without
        };
        out.push(id);
        push_text(out, section);
    }
    fs::write(names, moved).with_context(|| format!("{} cannot be written", names.display()))?;
    fs::write(module, without).with_context(|| format!("{} cannot be written", module.display()))
}

fn name(mut custom: &[u8]) -> Option<&str> {
    let length = number(&mut custom)?;
    str::from_utf8(take(&mut custom, length)?).ok()
}

/// The first bytes, which are then behind.
pub fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

/// Seven bits in a byte, the lowest first; the eighth says that more follow.
pub fn number(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    for shift in (0..32).step_by(7) {
        let byte = take(bytes, 1)?[0];
        value |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// A number as [`number`] reads it.
pub fn push_number(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Bytes with their length before them.
pub fn push_text(out: &mut Vec<u8>, text: &[u8]) {
    push_number(out, text.len());
    out.extend_from_slice(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_leave_the_module_and_nothing_else_does() {
        let dir = std::env::temp_dir().join(format!("okrs-edge-names-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let custom = |name: &str, rest: &[u8]| {
            let mut section = Vec::new();
            push_text(&mut section, name.as_bytes());
            section.extend_from_slice(rest);
            section
        };
        let with = |sections: &[(u8, Vec<u8>)]| {
            let mut module = b"\0asm\x01\0\0\0".to_vec();
            for (id, section) in sections {
                module.push(*id);
                push_text(&mut module, section);
            }
            module
        };
        let (code, names, producers) = (
            (10, vec![1, 0]),
            (CUSTOM, custom("name", &[7; 300])),
            (CUSTOM, custom("producers", &[1])),
        );
        let (module, beside) = (dir.join("a.wasm"), dir.join("a.names"));
        fs::write(
            &module,
            with(&[code.clone(), names.clone(), producers.clone()]),
        )
        .unwrap();

        move_names(&module, &beside).unwrap();

        assert_eq!(fs::read(&module).unwrap(), with(&[code, producers]));
        assert_eq!(fs::read(&beside).unwrap(), with(&[names]));
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert_eq!(split(b"\0asm"), None);
        assert_eq!(split(b"\0asm\x01\0\0\0\x02\x05\x01"), None);
    }
}
