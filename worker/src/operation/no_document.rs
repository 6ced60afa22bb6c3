//! What the Worker keeps of `document.rs`: nothing.

use super::Query;

/// Whatever a document has a schema for: here every type.
pub trait Schema {}

impl<T: ?Sized> Schema for T {}

/// Says nothing.
pub struct Document;

/// What a type is part of when it is answered with.
pub enum Kind {
    One,
    List,
    All,
    Data,
    DataList,
}

impl Document {
    pub fn of<B: Schema, T: Schema>(_: Kind) -> Self {
        Self
    }

    #[inline(always)]
    pub fn named(self, _: &'static str, _: &'static str) -> Self {
        self
    }

    pub fn query(self, _: Query) -> Self {
        self
    }

    pub fn csv(self) -> Self {
        self
    }

    pub fn never_kept(self) -> Self {
        self
    }

    pub fn deprecated(self) -> Self {
        self
    }
}
