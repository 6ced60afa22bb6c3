//! What the SQL does in a real database.

mod common;
mod demo;
mod load;
mod versions;
mod workspace;
