//! The reference of the public API at `/docs`: one page, made when the app is built, from the OpenAPI document and
//! the prose in `docs/reference`.
//!
//! It is a file like any other, so reading it costs nothing; it is whole without its script, which only adds the
//! search, buttons to copy, and the deployment's own address in the examples.

mod document;
mod example;
mod fields;
mod html;
mod operations;
mod page;
mod plain;
mod prose;
mod snippets;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::page::hash;
use document::Document;

/// The prose, in the order of the page, with the addresses of its tables' rows. Operations follow the errors.
const PROSE: [(&str, Option<&str>); 6] = [
    ("1-getting-started", None),
    ("2-authentication", None),
    ("3-limits", None),
    ("4-errors", Some("error-")),
    ("5-mcp", None),
    ("6-tools", None),
];

/// How many chapters come before the operations.
const BEFORE: usize = 4;

const STYLE: &str = include_str!("reference/page.css");
const SCRIPT: &str = include_str!("reference/page.js");

/// Writes the page and what it needs into `dist`. What is there already stays, so that whoever serves it sees no
/// change where there is none.
pub fn write(root: &Path, dist: &Path) -> Result<()> {
    let tokens = fs::read_to_string(root.join("app/style/tokens.css"))?;
    let style = named("css", &(tokens + STYLE));
    let script = named("js", SCRIPT);
    let icon = fs::read(root.join("app/style/icon.svg"))?;
    let links = page::Links {
        style: &style.0,
        script: &script.0,
        icon: &format!("icon-{}.svg", hash(&icon)),
    };
    let document = Document::read(root)?;
    let prose = prose(root)?;
    let (before, after) = prose.split_at(BEFORE);
    let plain = plain::written(&document, before, after);
    let html = html(&document, &prose, &links);
    remove_others(dist, [&*style.0, &*script.0])?;
    let (html, plain) = (
        ("docs.html".to_owned(), html),
        ("llms.txt".to_owned(), plain),
    );
    for (name, text) in [style, script, html, plain] {
        let file = dist.join(&name);
        if fs::read_to_string(&file).is_ok_and(|there| there == text) {
            continue;
        }
        fs::write(file, text).with_context(|| format!("{name} cannot be written"))?;
    }
    Ok(())
}

/// What [`PROSE`] names.
fn prose(root: &Path) -> Result<Vec<String>> {
    let files = PROSE.iter().map(|(name, _)| {
        let file = root.join("docs/reference").join(name).with_extension("md");
        fs::read_to_string(&file).with_context(|| format!("{} is missing", file.display()))
    });
    files.collect()
}

fn html(document: &Document, prose: &[String], links: &page::Links) -> String {
    let chapters = prose.iter().zip(PROSE);
    let chapters: Vec<_> = chapters
        .map(|(markdown, (_, rows))| prose::chapter(markdown, rows))
        .collect();
    let (before, after) = chapters.split_at(BEFORE);
    page::written(document, before, after, links)
}

/// A file that is called after its contents, as `app/_headers` has it.
fn named(extension: &str, text: &str) -> (String, String) {
    (
        format!("docs-{}.{extension}", hash(text.as_bytes())),
        text.to_owned(),
    )
}

/// Removes the files of an earlier page.
fn remove_others(dist: &Path, kept: [&str; 2]) -> Result<()> {
    for entry in fs::read_dir(dist).context("the app is not built")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let is_ours =
            name.starts_with("docs-") && (name.ends_with(".css") || name.ends_with(".js"));
        if is_ours && !kept.contains(&&*name) {
            fs::remove_file(dist.join(name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use super::*;

    pub fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    fn page() -> String {
        let links = page::Links {
            style: "a.css",
            script: "a.js",
            icon: "a.svg",
        };
        let document = Document::read(&root()).unwrap();
        html(&document, &prose(&root()).unwrap(), &links)
    }

    /// The values of an attribute.
    fn all<'a>(page: &'a str, before: &str) -> Vec<&'a str> {
        let parts = page.split(before).skip(1);
        parts.map(|part| part.split('"').next().unwrap()).collect()
    }

    #[test]
    fn no_address_of_the_page_is_ever_lost() {
        let page = page();
        let ids = all(&page, " id=\"");
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "an id is there twice");
        let (_, text) = page.split_once("<h1").unwrap();
        let (text, _) = text.split_once("</main>").unwrap();
        let unique: BTreeSet<_> = all(text, " id=\"").into_iter().collect();
        let kept = fs::read_to_string(root().join("docs/anchors.txt")).unwrap();
        let kept: BTreeSet<_> = kept.lines().collect();
        let lost: Vec<_> = kept.difference(&unique).collect();
        assert!(lost.is_empty(), "somebody may have linked to {lost:?}");
        let new: Vec<_> = unique.difference(&kept).collect();
        assert!(
            new.is_empty(),
            "write into docs/anchors.txt, too: {}",
            new.iter().map(|id| format!("{id}\n")).collect::<String>()
        );
    }

    #[test]
    fn what_the_page_links_to_within_itself_is_there() {
        let page = page();
        let ids: BTreeSet<_> = all(&page, " id=\"").into_iter().collect();
        for target in all(&page, "href=\"#") {
            assert!(ids.contains(target), "#{target}");
        }
    }

    #[test]
    fn every_operation_scope_and_error_is_explained() {
        let document = Document::read(&root()).unwrap();
        let page = page();
        let text = fs::read_to_string(root().join("docs/openapi.json")).unwrap();
        let whole: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut operations = 0;
        for operation in document.groups().iter().flat_map(|group| &group.operations) {
            operations += 1;
            assert!(page.contains(&format!("id=\"{}\"", operation.anchor())));
            assert!(page.contains(&format!("<dt><code>{}</code></dt>", operation.scope)));
        }
        let paths = whole["paths"].as_object().unwrap().values();
        let rows: usize = paths.map(|item| item.as_object().unwrap().len()).sum();
        assert_eq!(operations, rows);
        let codes = &whole["components"]["schemas"]["ErrorCode"]["enum"];
        for code in codes.as_array().unwrap() {
            let id = format!("id=\"error-{}\"", code.as_str().unwrap());
            assert!(page.contains(&id), "{id}");
        }
    }

    #[test]
    fn every_tool_of_assistants_is_there_with_its_scope() {
        let page = page();
        let definitions = root().join("worker/src/mcp/definitions");
        for entry in fs::read_dir(definitions).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            if !["prompts", "shapes"].contains(&name) {
                assert!(
                    page.contains(&format!("<dt><code>{name}</code></dt>")),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn the_content_security_policy_needs_no_exception() {
        let page = page();
        for forbidden in ["style=", "<style", " onclick", "<script>", "javascript:"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
    }
}
