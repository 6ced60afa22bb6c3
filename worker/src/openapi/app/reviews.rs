//! Review templates, review cycles and reviews.

use okrs_shared::permission::Action;
use okrs_shared::review_cycle::{
    NewReviewCycle, ReviewCycleDetail, ReviewCyclePatch, ReviewCycleProgress,
};
use okrs_shared::review_template::{NewReviewTemplate, ReviewTemplate, ReviewTemplatePatch};
use okrs_shared::review_writing::{
    MyReviews, ReviewAnswers, ReviewDetail, ReviewListItem, ReviewNote,
};

use crate::openapi::operation::Access::{May, SignedIn as Member};
use crate::openapi::operation::{Operation, change, delete, get, post};
use crate::openapi::{type_of, uncapped};

#[rustfmt::skip]
pub fn operations() -> Vec<Operation> {
    let (templates, run_cycles) = (May(Action::ManageReviewTemplates), May(Action::ManageReviewCycles));
    let (write, read, share) = (May(Action::WriteReview), May(Action::ReadReview), May(Action::ShareReview));
    vec![
        get("/review-templates", "listReviewTemplates", "All review templates by name, the archived ones last", run_cycles, uncapped::<ReviewTemplate>()),
        post("/review-templates", "createReviewTemplate", "Make a review template", templates, Some(type_of::<NewReviewTemplate>()), (201, Some(type_of::<ReviewTemplate>()))),
        change("PATCH", "/review-templates/{id}", "updateReviewTemplate", "Change a review template: only the fields that are sent", templates, type_of::<ReviewTemplatePatch>(), (200, Some(type_of::<ReviewTemplate>()))),
        get("/review-cycles", "listReviewCycles", "All review cycles, the newest first, with how far each is", run_cycles, uncapped::<ReviewCycleProgress>()),
        post("/review-cycles", "createReviewCycle", "Make a review cycle, as a draft", run_cycles, Some(type_of::<NewReviewCycle>()), (201, Some(type_of::<ReviewCycleProgress>()))),
        get("/review-cycles/{id}", "getReviewCycle", "A review cycle with who reviews whom", run_cycles, type_of::<ReviewCycleDetail>()),
        change("PATCH", "/review-cycles/{id}", "updateReviewCycle", "Change a review cycle: only the fields that are sent", run_cycles, type_of::<ReviewCyclePatch>(), (200, Some(type_of::<ReviewCycleProgress>()))),
        delete("/review-cycles/{id}", "deleteReviewCycle", "Delete a review cycle with its reviews", run_cycles, (204, None)),
        get("/reviews", "listReviews", "The reviews that one writes, is shown or may read", Member, type_of::<MyReviews>()),
        get("/reviews/{id}", "getReview", "A review with its questions and answers", read, type_of::<ReviewDetail>()),
        change("PUT", "/reviews/{id}/answers", "saveReview", "Keep what has been written so far", write, type_of::<ReviewAnswers>(), (204, None)),
        change("PUT", "/reviews/{id}/note", "noteReview", "Keep one's private note", write, type_of::<ReviewNote>(), (204, None)),
        post("/reviews/{id}/submit", "submitReview", "Hand a review in, with every question answered", write, None, (200, Some(type_of::<ReviewListItem>()))),
        post("/reviews/{id}/reopen", "reopenReview", "Take a submitted review back", write, None, (200, Some(type_of::<ReviewListItem>()))),
        post("/reviews/{id}/share", "shareReview", "Show a submitted review to the reviewed person", share, None, (200, Some(type_of::<ReviewListItem>()))),
        post("/reviews/{id}/unshare", "unshareReview", "Hide a shared review again", share, None, (200, Some(type_of::<ReviewListItem>()))),
    ]
}
