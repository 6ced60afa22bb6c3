//! A request in each of four languages. Pasted as it is, each runs: the address, the key and the ids come from the
//! environment.

use super::document::{Document, Operation, SERVER};
use super::example;

/// The languages by what the page calls them in its addresses, and by their names.
pub const LANGUAGES: [(&str, &str); 4] = [
    ("curl", "curl"),
    ("javascript", "JavaScript"),
    ("python", "Python"),
    ("rust", "Rust"),
];

/// The request in each of [`LANGUAGES`], in their order.
pub fn of(document: &Document, operation: &Operation) -> [String; 4] {
    let request = operation.request.as_ref();
    let body = request.map(|content| example::written(document, content));
    let body = body.as_deref();
    [
        curl(operation, body),
        javascript(operation, body),
        python(operation, body),
        rust(operation, body),
    ]
}

/// The variable that holds the id in an operation's address, if it has one.
pub fn id_variable(operation: &Operation) -> Option<&'static str> {
    let (start, _) = operation.path.split_once("/{id}")?;
    Some(match start {
        // The old address of check-ins takes the key result's id.
        "/okrs" if operation.is_deprecated => "KEY_RESULT_ID",
        "/okrs" => "OKR_ID",
        "/key-results" => "KEY_RESULT_ID",
        "/kpis" => "KPI_ID",
        "/initiatives" => "INITIATIVE_ID",
        _ => "REVIEW_ID",
    })
}

fn path(operation: &Operation, written: impl Fn(&str) -> String) -> String {
    let id = id_variable(operation).map(written).unwrap_or_default();
    SERVER.to_owned() + &operation.path.replace("{id}", &id)
}

/// All lines but the first, further to the right.
fn indented(text: &str, by: usize) -> String {
    text.replace('\n', &format!("\n{}", " ".repeat(by)))
}

fn curl(operation: &Operation, body: Option<&str>) -> String {
    let path = path(operation, |id| format!("${id}"));
    let method = match &*operation.method {
        "GET" => String::new(),
        method => format!("-X {method} "),
    };
    let mut text =
        format!("curl {method}\"$OKRS_URL{path}\" \\\n  -H \"Authorization: Bearer $OKRS_KEY\"");
    if let Some(body) = body {
        text += " \\\n  -H \"Content-Type: application/json\" \\\n  -d '";
        text += &indented(body, 2);
        text.push('\'');
    }
    text
}

fn javascript(operation: &Operation, body: Option<&str>) -> String {
    let id = id_variable(operation).map_or(String::new(), |id| format!(", {id}"));
    let path = path(operation, |id| format!("${{{id}}}"));
    let mut options = String::new();
    if operation.method != "GET" {
        options += &format!("  method: \"{}\",\n", operation.method);
    }
    options += "  headers: {\n    Authorization: `Bearer ${OKRS_KEY}`,\n";
    if body.is_some() {
        options += "    \"Content-Type\": \"application/json\",\n";
    }
    options += "  },\n";
    if let Some(body) = body {
        options += &format!("  body: JSON.stringify({}),\n", indented(body, 2));
    }
    let print = match operation.answer {
        Some(_) => "console.log(answer.status, await answer.json());",
        None => "console.log(answer.status);",
    };
    format!(
        "const {{ OKRS_URL, OKRS_KEY{id} }} = process.env;\n\n\
         const answer = await fetch(`${{OKRS_URL}}{path}`, {{\n{options}}});\n{print}"
    )
}

fn python(operation: &Operation, body: Option<&str>) -> String {
    let id = id_variable(operation).map_or(String::new(), |id| {
        format!("{} = os.environ[\"{id}\"]\n", id.to_lowercase())
    });
    let path = path(operation, |id| format!("{{{}}}", id.to_lowercase()));
    let json = body.map_or(String::new(), |body| {
        format!("    json={},\n", indented(body, 4))
    });
    let print = match operation.answer {
        Some(_) => "print(answer.status_code, answer.json())",
        None => "print(answer.status_code)",
    };
    format!(
        "import os\nimport requests\n\n\
         url, key = os.environ[\"OKRS_URL\"], os.environ[\"OKRS_KEY\"]\n{id}\n\
         answer = requests.{}(\n    f\"{{url}}{path}\",\n    \
         headers={{\"Authorization\": f\"Bearer {{key}}\"}},\n{json}    timeout=30,\n)\n{print}",
        operation.method.to_lowercase()
    )
}

fn rust(operation: &Operation, body: Option<&str>) -> String {
    let id = id_variable(operation).map_or(String::new(), |id| {
        format!("    let {} = env::var(\"{id}\")?;\n", id.to_lowercase())
    });
    let path = path(operation, |id| format!("{{{}}}", id.to_lowercase()));
    let (imports, send) = match body {
        Some(body) => (
            "use serde_json::{Value, json};",
            format!("send_json(json!({}))?", indented(body, 8)),
        ),
        None => ("use serde_json::Value;", "call()?".to_owned()),
    };
    let (imports, read) = match operation.answer {
        Some(_) => (
            format!("{imports}\n"),
            "    let body: Value = answer.body_mut().read_json()?;\n    println!(\"{} {body}\", answer.status());\n",
        ),
        None => (String::new(), "    println!(\"{}\", answer.status());\n"),
    };
    let mutable = if operation.answer.is_some() {
        "mut "
    } else {
        ""
    };
    format!(
        "// cargo add serde_json ureq --features ureq/json\n\
         use std::env;\n{imports}\n\
         fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let (url, key) = (env::var(\"OKRS_URL\")?, env::var(\"OKRS_KEY\")?);\n{id}    \
         let {mutable}answer = ureq::{}(format!(\"{{url}}{path}\"))\n        \
         .header(\"Authorization\", format!(\"Bearer {{key}}\"))\n        \
         .{send};\n{read}    Ok(())\n}}",
        operation.method.to_lowercase()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::document::Document;
    use crate::reference::tests::root;

    #[test]
    fn bodies_read_alike_in_all_languages() {
        let document = Document::read(&root()).unwrap();
        for operation in document.groups().iter().flat_map(|group| &group.operations) {
            let Some(content) = &operation.request else {
                continue;
            };
            let body = example::written(&document, content);
            // A shell's quote, and what Python spells in another way.
            for other in ["'", "true", "false", "null"] {
                assert!(!body.contains(other), "{body}");
            }
        }
    }

    #[test]
    fn the_id_in_an_address_comes_from_the_environment() {
        let document = Document::read(&root()).unwrap();
        let groups = document.groups();
        let mut operations = groups.iter().flat_map(|group| &group.operations);
        let check_in = operations.find(|one| one.name == "Check in").unwrap();
        let address = "/api/v1/key-results/$KEY_RESULT_ID/checkins\"";
        let snippets = of(&document, check_in);
        assert!(snippets[0].contains(address));
        for snippet in snippets {
            assert!(snippet.contains("KEY_RESULT_ID"), "{snippet}");
            assert!(!snippet.contains("{id}"), "{snippet}");
        }
    }
}
