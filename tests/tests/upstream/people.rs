//! People whom only the hosted service knows: an admin says which members they are.

use okrs_tests::Api;
use serde_json::{Value, json};

use crate::acme::{Acme, acme, new_okr};
use crate::waiting::{SETTLES, eventually};

const PEOPLE: &str = "/api/app/hosted-people";

/// Invites somebody to the service, past the deployment, who owns a key result of an OKR of theirs there. Gives the key
/// result's id.
fn somebody_there(acme: &Acme, name: &str) -> String {
    let there = acme.service.signed_in(&acme.sessions.alice);
    let email = format!("newcomer@{}", acme.domain);
    let invited = json!({ "email": email, "name": name, "role": "member" });
    let invited = there.post("/api/app/members", &invited).expect(201);
    let owner = invited["member"]["id"].as_str().unwrap();
    let mut okr = new_okr(acme, "Only known there");
    okr["owner_id"] = json!(owner);
    let okr = acme.service.post("/okrs", &okr).expect(201);
    let key_result = json!({
        "title": "Theirs", "metric_type": "number", "start_value": 0, "target_value": 10, "owner_id": owner,
    });
    let path = format!("/okrs/{}/key-results", okr["id"].as_str().unwrap());
    let made = acme.service.post(&path, &key_result).expect(201);
    let initiative = json!({ "title": "Theirs as well", "kr_id": made["id"], "owner_id": owner });
    acme.service.post("/initiatives", &initiative).expect(201);
    made["id"].as_str().unwrap().to_owned()
}

/// The key results that somebody has to check in, and the initiatives that are theirs.
fn has_to_do(api: &Api) -> (Vec<Value>, Vec<Value>) {
    let home = api.read("/api/app/home");
    let ids = |list: &str, path: &str| -> Vec<Value> {
        let all = home[list].as_array().unwrap().iter();
        all.map(|one| one.pointer(path).unwrap().clone()).collect()
    };
    (ids("due", "/key_result/id"), ids("initiatives", "/title"))
}

fn audited(api: &Api, action: &str) -> Value {
    let log = api.read(&format!("/api/app/audit-log?action={action}"));
    log["entries"][0].clone()
}

#[test]
fn what_somebody_owns_there_is_the_members_who_they_are_until_that_is_taken_back() {
    let acme = acme();
    let key_result = somebody_there(&acme, "Nadja Newcomer");
    acme.copy();
    let (alice, dave) = (acme.alice(), acme.key.signed_in(&acme.sessions.dave));
    // By an id, as the owner of a key result, and by a name, as the owner of an OKR.
    let people = eventually("both", SETTLES, || {
        let people = alice.read(PEOPLE);
        let owners = people.as_array().unwrap().iter();
        let owners = owners.filter(|person| person["owns"] != 0);
        (owners.count() == 2).then_some(people)
    });
    let person = |name: &str| -> Value {
        let mut all = people.as_array().unwrap().iter();
        let found = all.find(|person| person["name"].as_str().unwrap().starts_with(name));
        found.unwrap_or_else(|| panic!("{people}")).clone()
    };
    let (by_id, by_name) = (person("Person "), person("Nadja"));
    assert_eq!(
        (&by_id["owns"], &by_id["example"]),
        (&json!(2), &json!("Theirs"))
    );
    assert_eq!(by_name["example"], "Only known there");
    assert_eq!(by_id["member_id"], Value::Null);
    assert_eq!(has_to_do(&dave), (vec![], vec![]));

    let who = |person: &Value| format!("{PEOPLE}/{}/member", person["id"].as_str().unwrap());
    let is_dave = json!({ "member_id": acme.dave.as_str() });
    for person in [&by_id, &by_name] {
        alice.put(&who(person), &is_dave).expect(204);
    }
    eventually("what is theirs being Dave's", SETTLES, || {
        let theirs = (vec![json!(key_result)], vec![json!("Theirs as well")]);
        (has_to_do(&dave) == theirs).then_some(())
    });
    let linked = alice.read(PEOPLE);
    let mut linked = linked.as_array().unwrap().iter();
    assert!(linked.all(|person| person["member_id"] == acme.dave.as_str() && person["owns"] == 0));
    let okrs = alice.read("/api/app/okrs");
    let mut okrs = okrs["okrs"].as_array().unwrap().iter();
    assert!(
        okrs.any(|okr| okr["title"] == "Only known there" && okr["owner_id"] == acme.dave.as_str())
    );
    // Programs read what the service says, and what Dave is given here it gets under its own name for him.
    assert!(!acme.key.get("/okrs").text().contains(acme.dave.as_str()));
    let given = json!({ "owner_id": acme.dave.as_str() });
    alice
        .put(&format!("/key-results/{}", acme.key_results.number), &given)
        .expect(200);
    let sent = acme.line.writes().pop().unwrap().body;
    assert!(sent.contains(by_id["id"].as_str().unwrap()), "{sent}");
    assert_eq!(audited(&alice, "hosted_person.link")["after"], is_dave);

    for person in [&by_id, &by_name] {
        alice.delete(&who(person)).expect(204);
    }
    eventually("nothing of it being Dave's", SETTLES, || {
        (!has_to_do(&dave).0.contains(&json!(key_result))).then_some(())
    });
    assert_eq!(audited(&alice, "hosted_person.unlink")["before"], is_dave);
}

#[test]
fn only_admins_say_who_is_who_and_only_of_people_of_the_service() {
    let acme = acme();
    somebody_there(&acme, "Noor Newcomer");
    acme.copy();
    let alice = acme.alice();
    let person = eventually("somebody", SETTLES, || {
        let people = alice.read(PEOPLE);
        people[0]["id"].as_str().map(str::to_owned)
    });
    let who = format!("{PEOPLE}/{person}/member");
    let is_dave = json!({ "member_id": acme.dave.as_str() });
    for other in [&acme.sessions.bob, &acme.sessions.carol] {
        let other = acme.key.signed_in(other);
        other.get(PEOPLE).refusal(403);
        other.put(&who, &is_dave).refusal(403);
        other.delete(&who).refusal(403);
    }
    acme.key.put(&who, &is_dave).refusal(403);
    let of_another = crate::acme::acme();
    let not_a_member = [
        json!({ "member_id": person }),
        json!({ "member_id": of_another.dave.as_str() }),
        json!({ "member_id": "nobody" }),
        json!({}),
    ];
    for body in not_a_member {
        alice.put(&who, &body).refusal(400);
    }
    for nobody in [acme.carol.as_str(), of_another.carol.as_str(), "nobody"] {
        alice
            .put(&format!("{PEOPLE}/{nobody}/member"), &is_dave)
            .refusal(404);
    }
    of_another.alice().put(&who, &is_dave).refusal(404);
    // Where the data is here there are no such people.
    let there = acme.service.signed_in(&acme.sessions.alice);
    there.get(PEOPLE).refusal(404);
    there.put(&who, &is_dave).refusal(404);
}
