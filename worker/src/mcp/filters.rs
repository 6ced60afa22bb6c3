//! What a list is narrowed to by names and words, whatever their case and accents.

use super::tools::{Arguments, text};
use crate::fold::fold;

/// The conditions that were given; all of them must hold.
#[derive(Default)]
pub struct Filter {
    status: Option<String>,
    owner: Option<String>,
    team: Option<String>,
    department: Option<String>,
    words: Option<String>,
}

/// What conditions are held against.
#[derive(Default)]
pub struct Facts<'a> {
    /// How it stands.
    pub status: &'a str,
    /// Who answers for it or for a part of it.
    pub owners: Vec<Named<'a>>,
    /// The team it belongs to.
    pub team: Named<'a>,
    /// The department it belongs to.
    pub department: Named<'a>,
    /// What was written about it.
    pub words: Vec<&'a str>,
}

/// An id and a name.
pub type Named<'a> = (Option<&'a str>, Option<&'a str>);

impl Filter {
    /// The conditions among the arguments.
    pub fn asked(arguments: &Arguments) -> Self {
        let folded = |name| text(arguments, name).map(fold);
        Self {
            status: text(arguments, "status").map(str::to_owned),
            owner: folded("owner"),
            team: folded("team"),
            department: folded("department"),
            words: folded("words"),
        }
    }

    /// The conditions but for the one that SQL has looked at.
    pub fn without_status(self) -> Self {
        Self {
            status: None,
            ..self
        }
    }

    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        let names = [&self.owner, &self.team, &self.department, &self.words];
        self.status.is_none() && names.into_iter().all(Option::is_none)
    }

    /// Whether all conditions hold.
    pub fn passes(&self, facts: &Facts) -> bool {
        let is_status = |wanted: &String| wanted == facts.status;
        let words = |wanted: &String| {
            let mut words = facts.words.iter();
            words.any(|own| fold(own).contains(wanted))
        };
        self.status.as_ref().is_none_or(is_status)
            && is_meant(self.owner.as_ref(), &facts.owners)
            && is_meant(self.team.as_ref(), &[facts.team])
            && is_meant(self.department.as_ref(), &[facts.department])
            && self.words.as_ref().is_none_or(words)
    }
}

/// Whether one of them has this id or this in its name.
fn is_meant(wanted: Option<&String>, all: &[Named]) -> bool {
    let Some(wanted) = wanted else {
        return true;
    };
    all.iter().any(|(id, name)| {
        *id == Some(wanted) || name.is_some_and(|name| fold(name).contains(wanted))
    })
}
