//! Comments on OKRs.

use super::Fernhill;
use crate::content::comments::COMMENTS;
use crate::content::people::PEOPLE;
use crate::workspace::CommentSeed;

impl Fernhill {
    pub(super) fn add_comments(&mut self) {
        for comment in &COMMENTS {
            let text = match comment.to {
                Some(to) => {
                    let (name, id) = (PEOPLE[to as usize].name, self.person(to));
                    format!("@[{name}]({id}) {}", comment.text)
                }
                None => comment.text.to_owned(),
            };
            let author = self.person(comment.author).clone();
            let okr = self.okrs[comment.okr].clone();
            let key_result = comment
                .key_result
                .map(|title| self.key_results[title].clone());
            // Nothing is said before the cycle begins.
            let on = self.days_ago(comment.days_ago).max(self.calendar.active.0);
            let created_at = self.moment(on, comment.text);
            self.workspace.comment(CommentSeed {
                okr: &okr,
                key_result: key_result.as_ref(),
                text: &text,
                author: &author,
                created_at,
            });
        }
    }
}
