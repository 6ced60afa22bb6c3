//! What writes cost that are answered with what they have made of a thing.

use okrs_tests::workspace;

use crate::operations::operations_of_members;
use crate::things::Things;

#[test]
fn a_write_reads_its_answer_in_its_own_round_trip() {
    let acme = workspace();
    let things = Things::of(&acme);
    let alice = &things.people[0].api;
    for (id, d1_calls) in [
        ("createCycle", 1),
        ("updateCycle", 1),
        ("inviteMember", 1),
        ("updateMember", 1),
        ("disableMember", 1),
        ("enableMember", 1),
        // Whose things they were is read first, for who is told so.
        ("handOver", 2),
        ("updateTeam", 1),
        // Who is to be told that it begins is read first.
        ("updateReviewCycle", 2),
        // Whose it is is read first.
        ("takeBackCheckIn", 2),
        // Whether every question is answered is read first.
        ("submitReview", 2),
        ("reopenReview", 1),
        // Whom the review is about is read first, because they are told.
        ("shareReview", 2),
        ("unshareReview", 1),
        ("updateMe", 1),
        ("updateWorkspace", 1),
    ] {
        let operation = operations_of_members().find(|operation| operation.id == id);
        let operation = operation.unwrap();
        let (thing, body) = (things.any_id(&operation), things.body(&operation));
        // What was made for this may have changed people, and so whom the object knows.
        alice.read("/api/app/me");
        let answer = operation.call(alice, &thing, &body);
        assert!((200..300).contains(&answer.status), "{id}: {answer:?}");
        let cost = answer.cost();
        // Who is let in, or what they may do, is told to the object before the answer goes out.
        let changes_access = [
            "updateMember",
            "disableMember",
            "enableMember",
            "updateTeam",
            "updateWorkspace",
        ];
        let object_calls = 1 + u32::from(changes_access.contains(&id));
        assert_eq!(
            (cost.d1_calls, cost.object_calls),
            (d1_calls, object_calls),
            "{id}"
        );
    }
}
