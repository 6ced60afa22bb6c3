//! Markdown as HTML for the page: headings have addresses, code can be scrolled with the keys, and tables become
//! lists that a phone has room for.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::html::code;

/// A heading of the first order, for the contents.
pub struct Chapter {
    pub anchor: String,
    pub title: String,
    pub html: String,
}

/// A file, which begins with the heading of its chapter. The rows of its tables get addresses that begin with
/// `rows`, if it says so.
pub fn chapter(markdown: &str, rows: Option<&str>) -> Chapter {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut page = Page {
        rows,
        ..Page::default()
    };
    for event in Parser::new_ext(markdown, options) {
        page.take(event);
    }
    Chapter {
        anchor: page.anchor,
        title: page.title,
        html: page.html,
    }
}

#[derive(Default)]
struct Page<'a> {
    rows: Option<&'a str>,
    anchor: String,
    title: String,
    html: String,
    /// What an element is made of that is written when it ends.
    inside: Vec<Event<'a>>,
    is_title: bool,
    /// The language of the code that is read.
    language: Option<String>,
    is_head: bool,
    /// How many cells of a row have been read.
    cell: usize,
}

impl<'a> Page<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.flush();
                let id = id.unwrap_or_else(|| "".into());
                self.is_title = level == HeadingLevel::H2;
                if self.is_title {
                    self.anchor = id.to_string();
                }
                self.html += &format!("<{level} id=\"{id}\"><a href=\"#{id}\">");
            }
            Event::End(TagEnd::Heading(level)) => {
                let title = plain(&self.inside);
                if self.is_title {
                    self.title = title;
                }
                self.flush();
                self.html += &format!("</a></{level}>");
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.flush();
                self.language = Some(match kind {
                    CodeBlockKind::Fenced(language) => language.to_string(),
                    CodeBlockKind::Indented => String::new(),
                });
            }
            Event::End(TagEnd::CodeBlock) => {
                let text = plain(&self.inside);
                self.inside.clear();
                let label = match self.language.take().as_deref() {
                    Some("sh") => "Commands",
                    Some("json") => "JSON",
                    _ => "Example",
                };
                self.html += &code("plain", label, text.trim_end());
            }
            Event::Start(Tag::Table(_)) => {
                self.flush();
                self.html += "<dl class=\"pairs\">";
            }
            Event::End(TagEnd::Table) => self.html += "</dl>",
            Event::Start(Tag::TableRow) => self.cell = 0,
            Event::End(TagEnd::TableRow) => self.html += "</div>",
            Event::Start(Tag::TableHead) => self.is_head = true,
            Event::End(TagEnd::TableHead) => self.is_head = false,
            Event::Start(Tag::TableCell) => {}
            Event::End(TagEnd::TableCell) => self.cell_ends(),
            other => self.inside.push(other),
        }
    }

    fn cell_ends(&mut self) {
        if self.is_head {
            // A list needs no heads.
            self.inside.clear();
            return;
        }
        self.cell += 1;
        if self.cell > 1 {
            self.html += "<dd>";
            self.flush();
            self.html += "</dd>";
            return;
        }
        let anchor = self
            .rows
            .map(|rows| format!(" id=\"{rows}{}\"", plain(&self.inside)));
        self.html += &format!("<div{}><dt>", anchor.unwrap_or_default());
        self.flush();
        self.html += "</dt>";
    }

    fn flush(&mut self) {
        html::push_html(&mut self.html, self.inside.drain(..));
    }
}

fn plain(events: &[Event]) -> String {
    let texts = events.iter().map(|event| match event {
        Event::Text(text) | Event::Code(text) => text.as_ref(),
        _ => "",
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_a_list_whose_rows_have_addresses() {
        let chapter = chapter(
            "## Errors {#errors}\n\n| Code | What |\n|---|---|\n| `gone` | It *was*. |\n",
            Some("error-"),
        );
        assert_eq!((&*chapter.anchor, &*chapter.title), ("errors", "Errors"));
        assert_eq!(
            chapter.html,
            "<h2 id=\"errors\"><a href=\"#errors\">Errors</a></h2><dl class=\"pairs\">\
             <div id=\"error-gone\"><dt><code>gone</code></dt><dd>It <em>was</em>.</dd></div></dl>"
        );
    }

    #[test]
    fn code_keeps_its_lines_and_is_no_markup() {
        let chapter = chapter("## A {#a}\n\n```sh\ncurl \"$U\" <a>\n  -x\n```\n", None);
        assert!(
            chapter
                .html
                .contains("<code>curl &quot;$U&quot; &lt;a>\n  -x</code></pre>"),
            "{}",
            chapter.html
        );
    }
}
