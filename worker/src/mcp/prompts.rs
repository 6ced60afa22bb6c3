//! Prompts: rounds that people do again and again, as instructions for a model.

use serde_json::{Map, Value, json};

use super::arguments;

/// `[{name, title, description, inputSchema, text}]`; in the text `{name}` stands for an argument,
/// which may be left out where its schema has a `default`.
const PROMPTS: &str = include_str!("definitions/prompts.json");

/// What `prompts/list` says of them.
pub fn list() -> Vec<Value> {
    all().iter().map(listed).collect()
}

/// The prompt with this name.
pub fn find(name: &str) -> Option<Value> {
    all().into_iter().find(|prompt| prompt["name"] == name)
}

/// The prompt with these arguments put in, or what is wrong with them.
pub fn filled_in(prompt: &Value, given: Map<String, Value>) -> Result<Value, String> {
    let given = arguments::check(&prompt["inputSchema"], given)?;
    let mut text = prompt["text"].as_str().unwrap_or_default().to_owned();
    for (name, schema) in properties(prompt) {
        let value = given.get(name).unwrap_or(&schema["default"]);
        text = text.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default());
    }
    Ok(json!({
        "description": prompt["description"],
        "messages": [{ "role": "user", "content": { "type": "text", "text": text } }],
    }))
}

fn listed(prompt: &Value) -> Value {
    let arguments = properties(prompt).map(|(name, schema)| {
        json!({
            "name": name,
            "description": schema["description"],
            "required": schema["default"].is_null(),
        })
    });
    json!({
        "name": prompt["name"],
        "title": prompt["title"],
        "description": prompt["description"],
        "arguments": arguments.collect::<Vec<_>>(),
    })
}

fn properties(prompt: &Value) -> impl Iterator<Item = (&String, &Value)> {
    prompt["inputSchema"]["properties"]
        .as_object()
        .into_iter()
        .flatten()
}

fn all() -> Vec<Value> {
    serde_json::from_str(PROMPTS).expect("the prompts are JSON, which a test checks")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prompt_is_whole_and_uses_its_arguments() {
        for prompt in all() {
            let filled = filled_in(&prompt, Map::new()).unwrap();
            let text = filled["messages"][0]["content"]["text"].as_str().unwrap();
            assert!(!text.is_empty() && !text.contains('{'), "{text}");
            for (name, _) in properties(&prompt) {
                assert!(
                    prompt["text"]
                        .as_str()
                        .unwrap()
                        .contains(&format!("{{{name}}}"))
                );
            }
        }
    }

    #[test]
    fn arguments_are_put_in_and_checked() {
        let prompt = find("weekly_review").unwrap();
        let given = json!({ "focus": "the Onboarding team" });
        let filled = filled_in(&prompt, given.as_object().unwrap().clone()).unwrap();
        assert!(filled.to_string().contains("the Onboarding team"));
        let wrong = json!({ "team": "Onboarding" });
        assert!(filled_in(&prompt, wrong.as_object().unwrap().clone()).is_err());
    }
}
