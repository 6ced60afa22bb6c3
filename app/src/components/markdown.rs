//! What people write, as Markdown: only elements made here, never their own HTML, and only links that
//! lead to pages and mailboxes.

use leptos::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

/// How deep elements lie in each other; deeper ones are only their words. Every level takes stack, and
/// a line of a thousand `>` is a thousand levels.
const DEEPEST: usize = 12;

/// A text with paragraphs, lists, quotes, code, emphasis, links and mentions.
#[component]
pub fn Markdown(#[prop(into)] text: String) -> impl IntoView {
    let mut events = Parser::new_ext(&text, Options::ENABLE_STRIKETHROUGH);
    view! { <div class="markdown" dir="auto">{inside(&mut events, 0)}</div> }
}

/// What stands before the end of the element that has begun, which lies in `depth` others.
fn inside(events: &mut Parser, depth: usize) -> Vec<AnyView> {
    let mut views = Vec::new();
    // Elements that have begun and lie too deep.
    let mut left_out = 0_usize;
    // A link after an @ is a mention.
    let mut follows_at = false;
    while let Some(event) = events.next() {
        let is_text = matches!(event, Event::Text(_));
        let view = match event {
            Event::Start(_) if depth == DEEPEST => {
                left_out += 1;
                continue;
            }
            Event::End(_) if left_out > 0 => {
                left_out -= 1;
                continue;
            }
            Event::End(_) => break,
            Event::Start(tag) => element(tag, follows_at, inside(events, depth + 1)),
            Event::Text(text) => {
                follows_at = text.ends_with('@');
                text.into_string().into_any()
            }
            Event::Html(text) | Event::InlineHtml(text) => text.into_string().into_any(),
            Event::Code(text) => view! { <code>{text.into_string()}</code> }.into_any(),
            Event::SoftBreak => "\n".into_any(),
            Event::HardBreak => view! { <br /> }.into_any(),
            Event::Rule => view! { <hr /> }.into_any(),
            // Of extensions that are off.
            _ => continue,
        };
        follows_at &= is_text;
        views.push(view);
    }
    views
}

fn element(tag: Tag, follows_at: bool, inside: Vec<AnyView>) -> AnyView {
    match tag {
        // A comment's own headings would break the order of the page's.
        Tag::Heading { .. } => view! { <p><strong>{inside}</strong></p> }.into_any(),
        Tag::Paragraph => view! { <p>{inside}</p> }.into_any(),
        Tag::BlockQuote(_) => view! { <blockquote>{inside}</blockquote> }.into_any(),
        Tag::CodeBlock(_) => view! { <pre><code>{inside}</code></pre> }.into_any(),
        Tag::List(None) => view! { <ul>{inside}</ul> }.into_any(),
        Tag::List(Some(first)) => {
            view! { <ol start=first.to_string()>{inside}</ol> }.into_any()
        }
        Tag::Item => view! { <li>{inside}</li> }.into_any(),
        Tag::Emphasis => view! { <em>{inside}</em> }.into_any(),
        Tag::Strong => view! { <strong>{inside}</strong> }.into_any(),
        Tag::Strikethrough => view! { <del>{inside}</del> }.into_any(),
        Tag::Link { dest_url, .. } if is_safe(&dest_url) => {
            view! { <a href=dest_url.into_string() rel="noopener noreferrer nofollow" target="_blank">{inside}</a> }
                .into_any()
        }
        Tag::Link { .. } if follows_at => {
            view! { <span class="mention">{inside}</span> }.into_any()
        }
        // Pictures would tell another server who reads; their words stay.
        _ => inside.into_any(),
    }
}

/// Whether it leads to a page or a mailbox, and runs nothing.
fn is_safe(url: &str) -> bool {
    let schemes = ["https://", "http://", "mailto:"];
    schemes.iter().any(|scheme| {
        url.get(..scheme.len())
            .is_some_and(|begins| begins.eq_ignore_ascii_case(scheme))
    })
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn only_pages_and_mailboxes_are_linked() {
        for url in [
            "https://a.example/b",
            "HTTP://a.example",
            "mailto:a@b.example",
        ] {
            assert!(is_safe(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            " https://a",
            "data:text/html,x",
            "/okrs",
            "",
            "ä",
        ] {
            assert!(!is_safe(url), "{url}");
        }
    }
}
