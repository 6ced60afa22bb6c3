//! Inviting many people at once, from a list that a spreadsheet has made.

mod columns;
mod judging;
mod reading;

use serde::{Deserialize, Serialize};

pub use self::judging::{KnownMember, judge};
pub use self::reading::{Line, People, read};
use crate::id::MemberId;
use crate::member::Link;
use crate::patch;
use crate::validation::{Body, Invalid};

/// The most people of one import.
pub const MAX_LINES: usize = 500;

/// The body that imports people.
///
/// The first line names the columns, in any order: `name`, or `first name` and `last name`, and `email`; if wanted
/// `role`, `department` and `team`. The usual words of other languages do as well, and other columns are not used.
/// Commas, semicolons, tabs or bars separate the cells. Departments and teams are given by name and made where there is
/// none of that name in use; an empty role means a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewImport {
    /// At most 500 people.
    #[cfg_attr(feature = "openapi", schema(min_length = 1))]
    pub csv: String,
    /// Only says what would happen; false when left out.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<bool>))]
    pub dry_run: bool,
    /// Whether lines that are wrong are left out; otherwise one of them is enough to do nothing. False when left out.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<bool>))]
    pub leave_out_wrong: bool,
}

impl Body for NewImport {
    fn validate(&self) -> Result<(), Invalid> {
        if self.csv.trim().is_empty() {
            return Err(Invalid::field("csv", "must not be blank"));
        }
        Ok(())
    }
}

/// What an import did, or would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Import {
    /// Whether nothing was done.
    pub dry_run: bool,
    /// One for each line below the header.
    pub lines: Vec<ImportedLine>,
    /// Names of the departments that are made.
    pub departments: Vec<String>,
    /// Names of the teams that are made.
    pub teams: Vec<String>,
    /// Titles of the columns that mean nothing here.
    pub not_used: Vec<String>,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A new member.
    Created,
    /// A member has this address already and stays as they are.
    Exists,
    /// A disabled member has this address and stays as they are; an admin can enable them.
    Disabled,
    /// Something is wrong with it. Only a dry run says so line by line, and an import that leaves such lines out;
    /// otherwise the first wrong line is a refusal, and nothing is done.
    Error,
}

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportedLine {
    /// Where it stands in the file; the header is on line 1.
    pub line: u32,
    /// As the file has it.
    pub name: String,
    /// As the file has it.
    pub email: String,
    /// What becomes of it.
    pub outcome: Outcome,
    /// The column that is wrong.
    pub field: Option<String>,
    /// What is wrong with it, or that its member is disabled.
    pub message: Option<String>,
    /// Who has this address already.
    pub member_id: Option<MemberId>,
    /// A new member's way in, shown this once, for seven days.
    pub link: Option<Link>,
}
