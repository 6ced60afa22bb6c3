//! The page around what it is about: its head, the bar, the contents, and the choice of a language.

use super::document::{Document, Group, anchor};
use super::html::escaped;
use super::operations;
use super::prose::Chapter;
use super::snippets::LANGUAGES;

/// The files that the page needs.
pub struct Links<'a> {
    pub style: &'a str,
    pub script: &'a str,
    pub icon: &'a str,
}

/// The page, with the chapters that come before the operations and those that come after.
pub fn written(
    document: &Document,
    before: &[Chapter],
    after: &[Chapter],
    links: &Links,
) -> String {
    let groups = document.groups();
    let contents = [
        before.iter().map(entry).collect::<String>(),
        groups.iter().map(entries).collect(),
        after.iter().map(entry).collect(),
    ]
    .concat();
    let text = [
        before.iter().map(chapter).collect::<String>(),
        groups.iter().map(|one| group(document, one)).collect(),
        after.iter().map(chapter).collect(),
    ]
    .concat();
    format!("{}{}{}", head(links), bar(&contents), main(&text))
}

fn head(
    Links {
        style,
        script,
        icon,
    }: &Links,
) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <meta name=\"theme-color\" content=\"#fbfaf7\" media=\"(prefers-color-scheme: light)\">\
         <meta name=\"theme-color\" content=\"#17181c\" media=\"(prefers-color-scheme: dark)\">\
         <meta name=\"description\" content=\"How programs read and write OKRs, KPIs, initiatives and reviews.\">\
         <title>API Reference · v1</title>\
         <link rel=\"icon\" href=\"/{icon}\" type=\"image/svg+xml\">\
         <link rel=\"stylesheet\" href=\"/{style}\"><script src=\"/{script}\"></script></head><body>"
    )
}

/// What stays in sight, and the contents: beside the text, or behind a button where there is no room.
fn bar(contents: &str) -> String {
    let languages = LANGUAGES.map(|(id, name)| {
        let checked = if id == LANGUAGES[0].0 { " checked" } else { "" };
        format!("<input type=\"radio\" name=\"language\" id=\"language-{id}\" value=\"{id}\" aria-label=\"{name}\"{checked}>")
    });
    format!(
        "<a class=\"skip\" href=\"#text\">Skip to the text</a><header>\
         <button type=\"button\" class=\"menu\" popovertarget=\"contents\">Contents</button>\
         <p class=\"name\"><a href=\"#top\">API Reference</a> <span>v1</span></p>\
         <div class=\"search\" hidden><input type=\"search\" id=\"search\" aria-label=\"Search this page\" \
         placeholder=\"Search\" autocomplete=\"off\" aria-keyshortcuts=\"/\"><kbd aria-hidden=\"true\">/</kbd>\
         <div id=\"found\" hidden></div></div>\
         <a class=\"back\" href=\"/\">Back to app</a>\
         <fieldset class=\"languages\"><legend>Language of the examples</legend>{}</fieldset></header>\
         <nav id=\"contents\" popover aria-label=\"Contents\"><ul>{contents}</ul></nav>",
        languages.concat()
    )
}

fn main(text: &str) -> String {
    format!(
        "<main id=\"text\"><h1 id=\"top\">API reference</h1>\
         <p class=\"quiet\">Version 1, at <code>https://your-deployment.example/api/v1</code></p>{text}</main>\
         <p id=\"told\" class=\"told\" role=\"status\"></p></body></html>\n"
    )
}

fn chapter(Chapter { anchor, html, .. }: &Chapter) -> String {
    format!("<section class=\"prose\" aria-labelledby=\"{anchor}\">{html}</section>")
}

fn group(
    document: &Document,
    Group {
        name,
        description,
        operations,
    }: &Group,
) -> String {
    let all: String = operations
        .iter()
        .map(|one| operations::written(document, one))
        .collect();
    let (anchor, name) = (anchor(name), escaped(name));
    format!(
        "<section class=\"group\" aria-labelledby=\"{anchor}\"><div class=\"prose\">\
         <h2 id=\"{anchor}\"><a href=\"#{anchor}\">{name}</a></h2><p>{}</p></div>{all}</section>",
        escaped(description)
    )
}

fn entry(Chapter { anchor, title, .. }: &Chapter) -> String {
    format!("<li><a href=\"#{anchor}\">{}</a></li>", escaped(title))
}

fn entries(
    Group {
        name, operations, ..
    }: &Group,
) -> String {
    let all: String = operations
        .iter()
        .map(|one| {
            let method = &one.method;
            format!(
                "<li><a href=\"#{}\">{} <span class=\"method {}\">{method}</span></a></li>",
                one.anchor(),
                escaped(one.name),
                method.to_lowercase()
            )
        })
        .collect();
    format!(
        "<li><a href=\"#{}\">{}</a><ul>{all}</ul></li>",
        anchor(name),
        escaped(name)
    )
}
