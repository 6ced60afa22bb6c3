//! The Content-Security-Policy of the app: it allows no inline script but the one that starts the
//! program, by its hash, which is known only after the build.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// Stands in `_headers` where the hashes belong.
const PLACEHOLDER: &str = "{{INLINE_SCRIPTS}}";

/// Writes the hashes of the page's inline scripts into its headers.
pub fn seal(dist: &Path) -> Result<()> {
    let page = fs::read_to_string(dist.join("index.html")).context("the app has no page")?;
    let file = dist.join("_headers");
    let headers = fs::read_to_string(&file).context("the app has no headers")?;
    ensure!(
        headers.contains(PLACEHOLDER),
        "app/_headers has no {PLACEHOLDER}"
    );
    let hashes: Vec<String> = inline_scripts(&page).map(hash).collect();
    fs::write(&file, headers.replace(PLACEHOLDER, &hashes.join(" ")))
        .with_context(|| format!("{} cannot be written", file.display()))
}

/// What stands between `<script …>` without `src` and `</script>`.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|script| {
        let (attributes, rest) = script.split_once('>')?;
        let (text, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(text)
    })
}

fn hash(script: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_are_found_and_others_are_not() {
        let page = r#"<script src="/a.js"></script><script type="module">go()</script><p>"#;
        assert_eq!(inline_scripts(page).collect::<Vec<_>>(), ["go()"]);
    }

    #[test]
    fn the_hash_is_the_one_that_browsers_compute() {
        // As in the specification's example.
        assert_eq!(
            hash("alert('Hello, world.');"),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }
}
