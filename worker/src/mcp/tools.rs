//! The table of the tools. What `tools/list` says of each stands in `definitions/`: title,
//! description, and the schemas of what goes in and of what comes out.

pub mod check_ins;
mod cycles;
mod initiatives;
pub mod kpis;
mod okrs;
mod texts;

use std::pin::Pin;

use okrs_shared::api_key::Scope;
use okrs_shared::id::{CycleId, OkrId};
use serde_json::{Map, Value, json};

use crate::caller::Caller;
use crate::error::Result;
use crate::store::Db;

pub use okrs::{USUAL_OKRS, page_of_cycle, rows as okr_rows, whole as whole_okr};

/// Something that an assistant can do.
pub struct Tool {
    /// What it is called by.
    name: &'static str,
    /// What the key must have.
    scope: Scope,
    effect: Effect,
    origin: Origin,
    /// `{title, description, inputSchema, outputSchema}`.
    definition: &'static str,
    run: for<'a> fn(&'a Db, &'a Caller, Arguments) -> Answer<'a>,
}

/// Arguments that fit the tool's schema.
pub type Arguments = Map<String, Value>;

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Value>> + 'a>>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    Reads,
    Writes,
}

/// Whether the contract has it, or only we do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Contract,
    Addition,
}

/// A line of the table.
macro_rules! tool {
    ($name:literal, $scope:ident, $effect:ident, $origin:ident, $run:path) => {
        Tool {
            name: $name,
            scope: Scope::$scope,
            effect: Effect::$effect,
            origin: Origin::$origin,
            definition: include_str!(concat!("definitions/", $name, ".json")),
            run: |db, caller, arguments| Box::pin($run(db, caller, arguments)),
        }
    };
}

/// All tools, in the order in which they are listed.
#[rustfmt::skip]
static TOOLS: [Tool; 14] = [
    tool!("get_okrs",             OkrsRead,      Reads,  Contract, okrs::list),
    tool!("get_okr",              OkrsRead,      Reads,  Contract, okrs::get),
    tool!("create_checkin",       CheckInsWrite, Writes, Contract, check_ins::create),
    tool!("get_kpis",             KpisRead,      Reads,  Contract, kpis::list),
    tool!("get_cycle",            OkrsRead,      Reads,  Contract, cycles::get),
    tool!("get_risks",            OkrsRead,      Reads,  Contract, cycles::risks),
    tool!("get_insights",         OkrsRead,      Reads,  Contract, cycles::insights),
    tool!("get_team_performance", OkrsRead,      Reads,  Contract, cycles::team_performance),
    tool!("search_okrs",          OkrsRead,      Reads,  Contract, okrs::search),
    tool!("list_initiatives",     OkrsRead,      Reads,  Addition, initiatives::list),
    tool!("list_check_ins",       OkrsRead,      Reads,  Addition, check_ins::list),
    tool!("explain_health",       OkrsRead,      Reads,  Addition, okrs::explain_health),
    tool!("read_text",            OkrsRead,      Reads,  Addition, texts::read),
    tool!("update_kpi",           KpisWrite,     Writes, Addition, kpis::update),
];

/// What the description of a tool says of the size of its answers.
const BOUNDED: &str = "Answers have at most 8,000 tokens.";
const PAGED: &str = "Answers have at most 8,000 tokens; to go on, give next_cursor as cursor.";

/// Shapes that schemas name in `$ref`.
const SHAPES: &str = include_str!("definitions/shapes.json");

/// The tool with this name.
pub fn find(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.name == name)
}

/// What `tools/list` says of all tools.
pub fn list() -> Vec<Value> {
    thread_local! {
        // Made of constants, so it is made once per isolate.
        static LIST: Vec<Value> = {
            let shapes = parsed(SHAPES);
            TOOLS.iter().map(|tool| tool.listed(&shapes)).collect()
        };
    }
    LIST.with(Clone::clone)
}

impl Tool {
    /// Refuses a caller without the scope that it needs.
    pub fn require(&self, caller: &Caller) -> Result<()> {
        caller.require(self.scope)
    }

    /// Does it.
    pub fn run<'a>(&self, db: &'a Db, caller: &'a Caller, arguments: Arguments) -> Answer<'a> {
        (self.run)(db, caller, arguments)
    }

    /// Whether it changes something.
    pub fn writes(&self) -> bool {
        self.effect == Effect::Writes
    }

    /// What its arguments must fit.
    pub fn input_schema(&self) -> Value {
        let mut schema = parsed(self.definition)["inputSchema"].take();
        fill_in(&mut schema, &parsed(SHAPES));
        schema
    }

    fn listed(&self, shapes: &Value) -> Value {
        let mut listed = parsed(self.definition);
        let description = listed["description"].as_str().unwrap_or_default();
        let is_paged = listed["inputSchema"]["properties"].get("cursor").is_some();
        let size = if is_paged { PAGED } else { BOUNDED };
        let description = format!("{description} {size} Needs the scope {}.", self.scope);
        listed["description"] = json!(description);
        listed["name"] = json!(self.name);
        fill_in(&mut listed["inputSchema"], shapes);
        fill_in(&mut listed["outputSchema"], shapes);
        listed["annotations"] = json!({
            "readOnlyHint": !self.writes(),
            // What they write is added to a history; nothing in it is lost.
            "destructiveHint": false,
            // Only repeats within a minute are known as such.
            "idempotentHint": !self.writes(),
            "openWorldHint": false,
        });
        listed["_meta"] = json!({
            "okrs-edge/scope": self.scope.as_str(),
            "okrs-edge/addition": self.origin == Origin::Addition,
        });
        listed
    }
}

/// Puts the shapes in the place of their names: a schema that stands for itself is understood by
/// more clients than one with references.
fn fill_in(schema: &mut Value, shapes: &Value) {
    if let Some(name) = schema["$ref"].as_str() {
        *schema = shapes[name].clone();
    }
    match schema {
        Value::Object(fields) => fields.values_mut().for_each(|inner| fill_in(inner, shapes)),
        Value::Array(items) => items.iter_mut().for_each(|inner| fill_in(inner, shapes)),
        _ => {}
    }
}

fn parsed(constant: &str) -> Value {
    serde_json::from_str(constant).expect("the definitions are JSON, which a test checks")
}

/// An argument that is a text.
pub fn text<'a>(arguments: &'a Arguments, name: &str) -> Option<&'a str> {
    arguments.get(name).and_then(Value::as_str)
}

fn cycle_id(arguments: &Arguments) -> Option<CycleId> {
    text(arguments, "cycle_id").map(CycleId::from)
}

fn okr_id(arguments: &Arguments) -> OkrId {
    OkrId::from(text(arguments, "okr_id").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_is_whole() {
        for tool in list() {
            let name = tool["name"].as_str().unwrap();
            for field in ["title", "description"] {
                assert!(
                    !tool[field].as_str().unwrap().is_empty(),
                    "{name} has no {field}"
                );
            }
            for schema in ["inputSchema", "outputSchema"] {
                assert_eq!(tool[schema]["type"], "object", "{name}");
                assert_eq!(tool[schema]["additionalProperties"], false, "{name}");
            }
            assert!(
                !tool.to_string().contains("$ref"),
                "{name} names a shape that there is not"
            );
        }
    }

    #[test]
    fn every_argument_says_what_it_is() {
        for tool in list() {
            for (name, schema) in tool["inputSchema"]["properties"].as_object().unwrap() {
                let says = schema["description"].as_str().unwrap_or_default();
                assert!(says.len() > 10, "{}: {name}", tool["name"]);
            }
        }
    }
}
