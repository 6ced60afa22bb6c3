//! What the OpenAPI document says of an operation. `no_document.rs` takes its place in the Worker.

use serde_json::{Value, json};
use utoipa::openapi::{RefOr, Schema as Described};

pub use utoipa::ToSchema as Schema;

use super::Query;

/// Schemas by their names.
pub type Schemas = Vec<(String, RefOr<Described>)>;

/// What an operation is called, takes and gives.
pub struct Document {
    /// The operation's name, for generated clients.
    pub id: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// The body of a request.
    pub request: Option<TypeOf>,
    /// The body of its answer.
    pub answer: Option<TypeOf>,
    /// What may stand after the question mark.
    pub query: Option<Query>,
    /// Whether another address took its place.
    pub is_deprecated: bool,
    /// Whether its answers are kept for repeats under the same `Idempotency-Key`, if any of its kind
    /// are.
    pub is_kept: bool,
}

/// What a type is part of when it is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It comes alone; `()` is nothing.
    One,
    /// A list of at most 500.
    List,
    /// A list without a cap.
    All,
    /// It comes in the envelope that only initiatives come in.
    Data,
    /// A list of at most 500 in that envelope.
    DataList,
}

impl Document {
    /// Of an operation that takes `B` and gives `T`.
    pub fn of<B: Schema, T: Schema>(kind: Kind) -> Self {
        Self {
            id: "",
            summary: "",
            request: TypeOf::of::<B>(Kind::One),
            answer: TypeOf::of::<T>(kind),
            query: None,
            is_deprecated: false,
            is_kept: true,
        }
    }

    /// With its names.
    pub fn named(self, id: &'static str, summary: &'static str) -> Self {
        Self {
            id,
            summary,
            ..self
        }
    }

    /// With parameters.
    pub fn query(self, query: Query) -> Self {
        Self {
            query: Some(query),
            ..self
        }
    }

    /// Without keeping answers for repeats.
    pub fn never_kept(self) -> Self {
        Self {
            is_kept: false,
            ..self
        }
    }

    /// With a file for spreadsheets as its answer.
    pub fn csv(self) -> Self {
        Self {
            answer: Some(TypeOf::csv()),
            ..self
        }
    }

    /// Of an operation that another took the place of.
    pub fn deprecated(self) -> Self {
        Self {
            is_deprecated: true,
            ..self
        }
    }
}

/// A type's place in the document.
pub struct TypeOf {
    /// As what it is sent.
    pub media_type: &'static str,
    /// A reference, or a schema around one.
    pub schema: Value,
    /// Adds the type's schema and those that it names.
    pub collect: fn(&mut Schemas),
}

impl TypeOf {
    /// The type alone.
    pub fn one<T: Schema>() -> Self {
        Self {
            media_type: "application/json",
            schema: json!({ "$ref": format!("#/components/schemas/{}", T::name()) }),
            collect: |schemas| {
                schemas.push((T::name().into_owned(), T::schema()));
                T::schemas(schemas);
            },
        }
    }

    fn of<T: Schema>(kind: Kind) -> Option<Self> {
        let one = Self::one::<T>();
        let schema = match kind {
            Kind::One if T::name() == <()>::name() => return None,
            Kind::One => one.schema,
            Kind::List => list(&one.schema),
            Kind::All => json!({ "type": "array", "items": one.schema }),
            Kind::Data => envelope(&one.schema),
            Kind::DataList => envelope(&list(&one.schema)),
        };
        Some(Self { schema, ..one })
    }

    fn csv() -> Self {
        Self {
            media_type: "text/csv",
            schema: json!({ "type": "string" }),
            collect: |_| {},
        }
    }
}

fn list(item: &Value) -> Value {
    json!({ "type": "array", "maxItems": 500, "items": item })
}

fn envelope(inner: &Value) -> Value {
    json!({ "type": "object", "required": ["data"], "properties": { "data": inner } })
}
