//! What becomes of each line of a list of people, in the browser before anything is sent as in the Worker.

use std::collections::HashMap;

use super::{ImportedLine, Line, Outcome};
use crate::id::MemberId;
use crate::timestamp::Timestamp;
use crate::validation::Invalid;

/// A member, as far as a list of people can run into them.
#[derive(Clone, Debug)]
pub struct KnownMember {
    /// Identifies them.
    pub id: MemberId,
    /// What they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Since when they can't sign in.
    pub disabled_at: Option<Timestamp>,
}

/// What becomes of each line, if these members are there. Addresses are told apart as the database does: whatever the
/// case of their ASCII letters.
pub fn judge(lines: &[Line], members: impl IntoIterator<Item = KnownMember>) -> Vec<ImportedLine> {
    let key = |email: &str| email.to_ascii_lowercase();
    let members = members.into_iter();
    let members: HashMap<String, KnownMember> =
        members.map(|member| (key(&member.email), member)).collect();
    let mut earlier = HashMap::<String, u32>::new();
    let judged = lines.iter().map(|line| {
        let mut judged = ImportedLine {
            line: line.line,
            name: line.name.clone(),
            email: line.email.clone(),
            outcome: Outcome::Created,
            field: None,
            message: None,
            member_id: None,
            link: None,
        };
        let key = key(&line.email);
        if let Some(problem) = &line.problem {
            judged.is_wrong(problem.clone());
        } else if let Some(earlier) = earlier.get(&key) {
            let problem = format_args!("is that of line {earlier}, too");
            judged.is_wrong(Invalid::field("email", problem));
        } else if let Some(member) = members.get(&key) {
            judged.is_of(member);
        } else {
            earlier.insert(key, line.line);
        }
        judged
    });
    judged.collect()
}

impl ImportedLine {
    fn is_wrong(&mut self, problem: Invalid) {
        self.outcome = Outcome::Error;
        self.field = problem.field;
        self.message = Some(problem.message);
    }

    fn is_of(&mut self, member: &KnownMember) {
        self.outcome = Outcome::Exists;
        self.member_id = Some(member.id.clone());
        if let Some(since) = member.disabled_at {
            self.outcome = Outcome::Disabled;
            self.field = Some("email".to_owned());
            self.message = Some(format!(
                "email is that of {}, disabled since {}: enable them",
                member.name,
                since.get().date_naive()
            ));
        }
    }
}
