//! OKRs beyond what the public API does with them.

use okrs_shared::activity::Activity;
use okrs_shared::alignment::{KeyResultAlignmentPatch, OkrAlignmentPatch};
use okrs_shared::checkin::CheckInPatch;
use okrs_shared::comment::{Comment, CommentPatch, NewComment};
use okrs_shared::okr_detail::{OkrDetail, OkrList};
use okrs_shared::permission::Action;
use okrs_shared::restore::Restorable;
use serde_json::json;

use crate::openapi::operation::Access::{May, SignedIn as Member};
use crate::openapi::operation::{Operation, change, delete, get, post, query};
use crate::openapi::{list_of, type_of, uncapped};

#[rustfmt::skip]
pub fn operations() -> Vec<Operation> {
    vec![
        Operation {
            query: vec![
                query("cycle_id", "The cycle; the active one when left out.", json!({ "type": "string" })),
                query("include_archived", "Whether archived OKRs are wanted, too.", json!({ "type": "boolean" })),
            ],
            ..get("/okrs", "listOkrs", "The OKRs of a cycle with all that lists and trees show", Member, type_of::<OkrList>())
        },
        get("/okrs/deleted", "listDeleted", "What one could restore of what was deleted in the last 30 days", Member, uncapped::<Restorable>()),
        get("/okrs/{id}", "getOkr", "An OKR with all that belongs to it", Member, type_of::<OkrDetail>()),
        change("PATCH", "/okrs/{id}", "alignOkr", "Align, weigh or archive an OKR", May(Action::ChangeOkr), type_of::<OkrAlignmentPatch>(), (204, None)),
        post("/okrs/{id}/restore", "restoreOkr", "Undo the delete of an OKR", May(Action::ChangeOkr), None, (204, None)),
        get("/okrs/{id}/activity", "listActivity", "The newest 200 things that happened to an OKR and to what belongs to it", Member, list_of::<Activity>()),
        get("/okrs/{id}/comments", "listComments", "All comments on an OKR, oldest first", Member, uncapped::<Comment>()),
        post("/okrs/{id}/comments", "createComment", "Comment on an OKR", May(Action::Comment), Some(type_of::<NewComment>()), (201, Some(type_of::<Comment>()))),
        change("PATCH", "/comments/{id}", "updateComment", "Change the words of one's own comment", May(Action::ChangeComment), type_of::<CommentPatch>(), (200, Some(type_of::<Comment>()))),
        delete("/comments/{id}", "deleteComment", "Delete a comment", May(Action::DeleteComment), (204, None)),
        change("PATCH", "/key-results/{id}", "alignKeyResult", "Weigh or move a key result or its target", May(Action::ChangeOkr), type_of::<KeyResultAlignmentPatch>(), (204, None)),
        post("/key-results/{id}/restore", "restoreKeyResult", "Undo the delete of a key result", May(Action::ChangeOkr), None, (204, None)),
        change("PATCH", "/check-ins/{id}", "correctCheckIn", "Correct one's own check-in", May(Action::CorrectCheckIn), type_of::<CheckInPatch>(), (204, None)),
    ]
}
