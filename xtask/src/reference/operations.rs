//! An operation on the page: what it takes and gives on one side, how it is called on the other.

use super::document::{Content, Document, Operation, Refusal, SERVER};
use super::html::{code, escaped, inline};
use super::snippets::{self, LANGUAGES};
use super::{example, fields};

/// What every operation may answer; it is said once.
const COMMON: [&str; 5] = ["401", "403", "405", "429", "500"];

/// The whole of an operation.
pub fn written(document: &Document, operation: &Operation) -> String {
    let anchor = operation.anchor();
    let (name, method) = (escaped(operation.name), &operation.method);
    let path = operation.path;
    let deprecated = if operation.is_deprecated {
        "<p class=\"note\">Deprecated: use <a href=\"#check-in\">the key result's own address</a>. It still works.</p>"
    } else {
        ""
    };
    format!(
        "<section class=\"operation\" aria-labelledby=\"{anchor}\"><div class=\"said\">\
         <h3 id=\"{anchor}\"><a href=\"#{anchor}\">{name}</a></h3>\
         <p class=\"address\"><span class=\"method {}\">{method}</span> <code>{SERVER}{path}</code></p>\
         <p>{}. Needs the scope <a href=\"#scopes\"><code>{}</code></a>.</p>{deprecated}{}{}{}{}</div>\
         <div class=\"shown\">{}{}</div></section>",
        method.to_lowercase(),
        inline(operation.summary),
        operation.scope,
        parameters(document, operation, &anchor),
        body(document, operation, &anchor),
        answer(document, operation, &anchor),
        refusals(&operation.refusals),
        request(document, operation),
        answered(document, operation),
    )
}

fn parameters(document: &Document, operation: &Operation, anchor: &str) -> String {
    if operation.parameters.is_empty() {
        return String::new();
    }
    let all = operation.parameters.iter();
    let fields: Vec<_> = all.map(|one| fields::parameter(document, one)).collect();
    format!(
        "<h4>Parameters and headers</h4>{}",
        fields::list(&format!("{anchor}.parameters"), &fields)
    )
}

fn body(document: &Document, operation: &Operation, anchor: &str) -> String {
    let Some(Content { schema, .. }) = operation.request else {
        return String::new();
    };
    let fields = fields::of(document, schema);
    format!("<h4>Body</h4>{}", fields::list(anchor, &fields))
}

fn answer(document: &Document, operation: &Operation, anchor: &str) -> String {
    let status = operation.status;
    let Some(Content { schema, .. }) = operation.answer else {
        return format!("<h4>Answer</h4><p><code>{status}</code>, without a body.</p>");
    };
    let fields = fields::of(document, schema);
    let kind = if schema["type"] == "array" {
        "a list of things with"
    } else {
        "an object with"
    };
    format!(
        "<h4>Answer</h4><p><code>{status}</code>, {kind}</p>{}",
        fields::list(&format!("{anchor}.answer"), &fields)
    )
}

fn refusals(all: &[Refusal]) -> String {
    let is_common = |refusal: &&Refusal| COMMON.contains(&refusal.status);
    let link = |refusal: &Refusal| {
        let Refusal { status, code, .. } = refusal;
        format!("<a href=\"#error-{code}\">{status}</a>")
    };
    let own = all.iter().filter(|refusal| !is_common(refusal));
    let own: String = own
        .map(|refusal| {
            format!(
                "<div><dt>{}</dt><dd>{}</dd></div>",
                link(refusal),
                inline(refusal.description)
            )
        })
        .collect();
    let own = if own.is_empty() {
        own
    } else {
        format!("<dl class=\"refusals\">{own}</dl>")
    };
    let common: Vec<_> = all.iter().filter(is_common).map(link).collect();
    let also = if own.is_empty() {
        "Only what"
    } else {
        "And what"
    };
    format!(
        "<h4>Errors</h4>{own}<p class=\"quiet\">{also} every operation may answer: {}.</p>",
        common.join(", ")
    )
}

/// The request in all languages, of which the sheet shows the chosen one.
fn request(document: &Document, operation: &Operation) -> String {
    let tabs = LANGUAGES.map(|(id, name)| format!("<label for=\"language-{id}\">{name}</label>"));
    let texts = snippets::of(document, operation);
    let shown: String = LANGUAGES
        .iter()
        .zip(&texts)
        .map(|((id, name), text)| code(id, &format!("{}, in {name}", operation.name), text))
        .collect();
    format!(
        "<div class=\"code\"><p class=\"tabs\">{}</p>{shown}</div>",
        tabs.concat()
    )
}

fn answered(document: &Document, operation: &Operation) -> String {
    let Some(content) = &operation.answer else {
        return String::new();
    };
    let text = example::written(document, content);
    let shown = code("json", &format!("{}, the answer", operation.name), &text);
    format!(
        "<div class=\"code\"><p class=\"tabs\">Answer <b>{}</b></p>{shown}</div>",
        operation.status
    )
}
