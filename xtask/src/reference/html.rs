//! Text in HTML.

/// A text that says itself, in an element or an attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// A sentence of the document: what stands between backticks is code.
pub fn inline(sentence: &str) -> String {
    let escaped = escaped(sentence);
    let parts = escaped.split('`').enumerate();
    parts
        .map(|(at, part)| {
            if at % 2 == 1 {
                format!("<code>{part}</code>")
            } else {
                part.to_owned()
            }
        })
        .collect()
}

/// Code that can be scrolled with the keys, and says what it is.
pub fn code(class: &str, label: &str, text: &str) -> String {
    format!(
        "<pre class=\"{class}\" tabindex=\"0\" role=\"group\" aria-label=\"{}\"><code>{}</code></pre>",
        escaped(label),
        escaped(text)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_backticks_is_code_and_nothing_is_markup() {
        let html = inline("`null` or <b> & \"x\"");
        assert_eq!(html, "<code>null</code> or &lt;b> &amp; &quot;x&quot;");
    }
}
