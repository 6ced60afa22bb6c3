//! Where the data is, and what waits for the hosted service.

use okrs_shared::permission::Action;
use okrs_shared::upstream::{
    Budget, Capabilities, ComparisonAsked, Decided, ListComparison, PendingWrite,
};

use crate::openapi::operation::Access::{May, SignedIn as Member};
use crate::openapi::operation::{Operation, get, post};
use crate::openapi::{list_of, type_of};

#[rustfmt::skip]
pub fn operations() -> Vec<Operation> {
    vec![
        get("/capabilities", "getCapabilities", "What can be done where the data is", Member, type_of::<Capabilities>()),
        get("/budget", "getBudget", "How the hosted service's budget and the copy of its data stand", Member, type_of::<Budget>()),
        get("/comparison", "compareLists", "The service's lists beside those made of what is here", May(Action::ChangeWorkspace), list_of::<ListComparison>()),
        post("/comparison", "compareListsAnew", "Have every list of the service read, copied and compared anew; it goes on after the answer", May(Action::ChangeWorkspace), None, (202, Some(type_of::<ComparisonAsked>()))).never_kept(),
        get("/pending-writes", "listPendingWrites", "One's newest 200 writes that were not answered at once; an admin's look at everybody's", Member, list_of::<PendingWrite>()),
        get("/pending-writes/{id}", "getPendingWrite", "One of them, also for the key that sent it", Member, type_of::<PendingWrite>()),
        post("/pending-writes/{id}/decision", "decidePendingWrite", "Say what is to become of a write of which nobody knows whether it took effect", Member, Some(type_of::<Decided>()), (204, None)).never_kept(),
    ]
}
