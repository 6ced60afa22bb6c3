//! Short names for what the app's program imports from its script. wasm-bindgen makes them long and ends
//! each in a hash, which no compression makes smaller; both files have every one of them.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::wasm_sections::{number, push_number, push_text, split, take};

/// How all names begin that wasm-bindgen makes.
const PREFIX: &str = "__wb";
/// The section of a module that lists what it imports, and how it says that one is a function.
const IMPORTS: u8 = 2;
const FUNCTION: u8 = 0;

/// Renames in a program and in the script that wasm-bindgen wrote for it.
pub fn shorten(program: &Path, script: &Path) -> Result<()> {
    let module = fs::read(program).context("the app has no program")?;
    let text = fs::read_to_string(script).context("the app has no script")?;
    let mut names = HashMap::new();
    let module = renamed(&module, &mut names).context("the program's imports can't be read")?;
    for name in names.keys() {
        ensure!(text.contains(name), "the script does not have {name}");
    }
    fs::write(program, module).context("the program cannot be written")?;
    fs::write(script, reworded(&text, &names)).context("the script cannot be written")
}

/// The module with other names, which are noted. None if it is no module as the specification has it.
fn renamed(module: &[u8], names: &mut HashMap<String, String>) -> Option<Vec<u8>> {
    let (beginning, sections) = split(module)?;
    let mut out = beginning.to_vec();
    for (id, section) in sections {
        out.push(id);
        if id == IMPORTS {
            let section = renamed_imports(section, names)?;
            push_text(&mut out, &section);
        } else {
            push_text(&mut out, section);
        }
    }
    Some(out)
}

fn renamed_imports(section: &[u8], names: &mut HashMap<String, String>) -> Option<Vec<u8>> {
    let mut rest = section;
    let count = number(&mut rest)?;
    let mut out = Vec::new();
    push_number(&mut out, count);
    for _ in 0..count {
        let length = number(&mut rest)?;
        push_text(&mut out, take(&mut rest, length)?);
        let length = number(&mut rest)?;
        let name = str::from_utf8(take(&mut rest, length)?).ok()?;
        let &kind = rest.first()?;
        if kind == FUNCTION && name.starts_with(PREFIX) {
            let next = format!("i{:x}", names.len());
            let short = names.entry(name.to_owned()).or_insert(next);
            push_text(&mut out, short.as_bytes());
        } else {
            push_text(&mut out, name.as_bytes());
        }
        // All functions come first as wasm-bindgen writes them; what else there is stays as it is.
        if kind != FUNCTION {
            out.extend_from_slice(rest);
            return Some(out);
        }
        let mut after = &rest[1..];
        number(&mut after)?;
        out.extend_from_slice(&rest[..rest.len() - after.len()]);
        rest = after;
    }
    Some(out)
}

/// The text with other words for these.
fn reworded(text: &str, names: &HashMap<String, String>) -> String {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_letter) {
        out.push_str(&rest[..start]);
        let word = &rest[start..];
        let end = word.find(|c| !is_letter(c)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        out.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_of_wasm_bindgen_get_short_names_in_both_files() {
        let mut imports = vec![3];
        for (name, kind) in [("__wbg_a_01", 0), ("other", 0), ("memory", 2)] {
            push_text(&mut imports, b"./app.js");
            push_text(&mut imports, name.as_bytes());
            imports.extend([kind, 0x81, 0x01]);
        }
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.push(IMPORTS);
        push_text(&mut module, &imports);
        module.extend([10, 1, 0]);

        let mut names = HashMap::new();
        let renamed = renamed(&module, &mut names).unwrap();
        let text = String::from_utf8_lossy(&renamed);
        assert!(!text.contains("__wbg_a_01") && text.contains("other") && text.contains("memory"));
        assert_eq!(
            renamed.len(),
            module.len() - "__wbg_a_01".len() + "i0".len()
        );
        assert_eq!(renamed[9] as usize, imports.len() - 8);
        assert!(renamed.ends_with(&[0x81, 0x01, 10, 1, 0]));

        let script = "const i = { __wbg_a_01: (x) => __wbg_a_011(x), é: 1 };";
        let expected = "const i = { i0: (x) => __wbg_a_011(x), é: 1 };";
        assert_eq!(reworded(script, &names), expected);
    }
}
