//! Small parts that any app could use.

pub mod field;
pub mod icon;
pub mod submit;
