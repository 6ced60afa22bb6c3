//! The reference as Markdown, for assistants and for whoever reads in a terminal.

use super::document::{Document, Operation, SERVER};
use super::fields::{self, Field};
use super::{example, snippets};

/// All of it: the prose before and after the operations, as it is written, and the operations.
pub fn written(document: &Document, before: &[String], after: &[String]) -> String {
    let mut text = "# API reference, version 1\n\n".to_owned();
    text += &before
        .iter()
        .map(|prose| without_anchors(prose))
        .collect::<String>();
    for group in document.groups() {
        text += &format!("## {}\n\n{}\n\n", group.name, group.description);
        for one in &group.operations {
            text += &operation(document, one);
        }
    }
    text += &after
        .iter()
        .map(|prose| without_anchors(prose))
        .collect::<String>();
    text
}

/// Headings say their addresses between braces, which are for the page.
fn without_anchors(prose: &str) -> String {
    let lines = prose.lines().map(|line| match line.split_once(" {#") {
        Some((heading, _)) if heading.starts_with('#') => heading,
        _ => line,
    });
    lines.map(|line| format!("{line}\n")).collect::<String>() + "\n"
}

fn operation(document: &Document, operation: &Operation) -> String {
    let Operation {
        name,
        method,
        path,
        summary,
        scope,
        status,
        ..
    } = operation;
    let deprecated = if operation.is_deprecated {
        " Deprecated."
    } else {
        ""
    };
    let mut text = format!(
        "### {name}\n\n`{method} {SERVER}{path}`: {summary}. Needs `{scope}`.{deprecated}\n\n"
    );
    let parameters = operation.parameters.iter();
    let parameters: Vec<_> = parameters
        .map(|one| fields::parameter(document, one))
        .collect();
    text += &listed("Parameters and headers", &parameters);
    if let Some(request) = &operation.request {
        text += &listed("Body", &fields::of(document, request.schema));
    }
    let [curl, ..] = snippets::of(document, operation);
    text += &format!("```sh\n{curl}\n```\n\n");
    match &operation.answer {
        Some(answer) => {
            let example = example::written(document, answer);
            text += &listed(
                &format!("Answer {status}"),
                &fields::of(document, answer.schema),
            );
            text += &format!("```json\n{example}\n```\n\n");
        }
        None => text += &format!("Answer {status}, without a body.\n\n"),
    }
    let refusals = operation.refusals.iter();
    let refusals: Vec<_> = refusals
        .map(|one| format!("{} `{}`", one.status, one.code))
        .collect();
    text + &format!("Errors: {}.\n\n", refusals.join(", "))
}

fn listed(title: &str, fields: &[Field]) -> String {
    if fields.is_empty() {
        return String::new();
    }
    let rows: String = fields
        .iter()
        .map(|field| format!("- {}\n", field.plain()))
        .collect();
    format!("{title}:\n\n{rows}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::tests::root;

    #[test]
    fn every_operation_and_field_is_in_the_plain_text() {
        let document = Document::read(&root()).unwrap();
        let text = written(&document, &["## Errors {#errors}\n".to_owned()], &[]);
        assert!(text.contains("\n## Errors\n"));
        for operation in document.groups().iter().flat_map(|group| &group.operations) {
            assert!(text.contains(&format!("### {}\n", operation.name)));
        }
        assert!(
            text.contains("- `title` (string, required): The objective; not blank.\n"),
            "{text}"
        );
    }
}
