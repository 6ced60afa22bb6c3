//! Comments on OKRs.

use serde::{Deserialize, Serialize};

use crate::id::{CommentId, KeyResultId, MemberId, OkrId};
use crate::permission::Action;
use crate::text::Remark;
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

/// The most members that one comment can mention.
pub const MAX_MENTIONS: usize = 20;

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comment {
    /// Identifies the comment.
    pub id: CommentId,
    /// The OKR it is on.
    pub okr_id: OkrId,
    /// Set when it is about one of its key results.
    pub key_result_id: Option<KeyResultId>,
    /// In Markdown; `@[Name](member id)` mentions a member.
    pub text: String,
    /// Who wrote it.
    pub author_id: MemberId,
    /// Their name.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
    /// When the author changed it last.
    pub edited_at: Option<Timestamp>,
    /// What the viewer may do to it: `change_comment`, `delete_comment`.
    pub may: Vec<Action>,
}

/// The body that comments on an OKR.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewComment {
    /// In Markdown, not blank; `@[Name](member id)` mentions a member, 20 at most.
    pub text: Remark,
    /// A key result of the OKR, if it is about that.
    #[serde(default)]
    pub key_result_id: Option<KeyResultId>,
}

impl Body for NewComment {
    fn validate(&self) -> Result<(), Invalid> {
        comment_text(&self.text)
    }
}

/// The body that changes the words of a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommentPatch {
    /// As in a new comment.
    pub text: Remark,
}

impl Body for CommentPatch {
    fn validate(&self) -> Result<(), Invalid> {
        comment_text(&self.text)
    }
}

fn comment_text(text: &str) -> Result<(), Invalid> {
    Remark::require("text", text)?;
    if mentions(text).len() > MAX_MENTIONS {
        return Err(Invalid::field(
            "text",
            format_args!("must mention at most {MAX_MENTIONS} members"),
        ));
    }
    Ok(())
}

/// Who is mentioned: the ids of all `@[Name](member id)`, each once, in the order of the text.
pub fn mentions(text: &str) -> Vec<MemberId> {
    let mut found: Vec<MemberId> = Vec::new();
    for part in parts(text) {
        if let Part::Mention { id, .. } = part
            && !found.iter().any(|found| found.as_str() == id)
        {
            found.push(MemberId::from(id));
        }
    }
    found
}

/// A piece of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Words.
    Words(&'a str),
    /// `@[name](id)`.
    Mention {
        /// What the member was called.
        name: &'a str,
        /// Who it is.
        id: &'a str,
    },
}

/// The pieces of a comment's text in their order. What only begins like a mention is words.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    const BEGINS: &str = "@[";
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find(BEGINS) {
        let at = from + at;
        let after = &rest[at + BEGINS.len()..];
        // A mention ends before the next one begins.
        let until = after.find(BEGINS).unwrap_or(after.len());
        let mention = after[..until]
            .split_once("](")
            .filter(|(name, _)| !name.contains('\n'))
            .and_then(|(name, rest)| Some((name, rest.split_once(')')?.0)));
        let Some((name, id)) = mention else {
            from = at + BEGINS.len();
            continue;
        };
        if at > 0 {
            parts.push(Part::Words(&rest[..at]));
        }
        parts.push(Part::Mention { name, id });
        rest = &after[name.len() + "](".len() + id.len() + ")".len()..];
        from = 0;
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_found_once_each() {
        let text =
            "@[Bob](b) and @[Carol Świątek](c), not @bob nor [Dave](d); @[Bob](b) again, @[broken";
        assert_eq!(mentions(text), [MemberId::from("b"), MemberId::from("c")]);
        assert_eq!(mentions("@[over\nlines](x) @[]()"), [MemberId::from("")]);
    }

    #[test]
    fn a_comment_says_something_and_mentions_few() {
        let refusal = |text: &str| comment_text(text).unwrap_err().message;
        assert!(refusal(" \n").starts_with("text must not be blank"));
        assert!(refusal(&"x".repeat(10_001)).starts_with("text must have at most"));
        let crowd: String = (0..=MAX_MENTIONS).map(|n| format!("@[x]({n}) ")).collect();
        assert!(refusal(&crowd).starts_with("text must mention at most 20"));
    }
}
