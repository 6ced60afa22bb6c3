//! Things of every kind in a workspace, made as needed and related to a person as asked.

use okrs_shared::id::MemberId;
use okrs_tests::{Api, PASSWORD, Workspace};
use serde_json::{Value, json};

use crate::access::UNKNOWN;
use crate::operations::Operation;

/// How a thing relates to a person, as `docs/permissions.md` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Own,
    Managed,
    Team,
    Other,
}

pub const RELATIONS: [Relation; 4] = [
    Relation::Own,
    Relation::Managed,
    Relation::Team,
    Relation::Other,
];

/// One person of each role, with a team of each relation.
pub struct Someone {
    pub role: &'static str,
    pub id: MemberId,
    pub api: Api,
    managed_team: String,
    own_team: String,
    /// Only who is a manager or an admin can be the manager of one.
    managed_department: Option<String>,
}

/// Makes things in a workspace.
pub struct Things<'a> {
    acme: &'a Workspace,
    alice: Api,
    pub people: Vec<Someone>,
    /// A team that none of them has to do with.
    other_team: String,
    /// A department that none of them has to do with.
    other_department: String,
}

impl<'a> Things<'a> {
    /// Of this workspace: alice is an admin, bob a manager, dave a member.
    pub fn of(acme: &'a Workspace) -> Self {
        let alice = acme.api.signed_in(&acme.sessions.alice);
        let team = |name: &str, manager: Option<&MemberId>, members: &[&MemberId]| {
            let body = json!({
                "name": name, "manager_id": manager.map(MemberId::as_str),
                "member_ids": members.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
            });
            id(&alice.post("/api/app/teams", &body).expect(201))
        };
        let department = |name: &str, manager: Option<&MemberId>| {
            let body = json!({ "name": name, "manager_id": manager.map(MemberId::as_str) });
            id(&alice.post("/api/app/departments", &body).expect(201))
        };
        let set_role = |role: &str| {
            let path = format!("/api/app/members/{}", acme.dave);
            alice.patch(&path, &json!({ "role": role })).expect(200);
        };
        let someone = |role, id: &MemberId, cookie: &str| Someone {
            role,
            id: id.clone(),
            api: acme.api.signed_in(cookie),
            managed_team: team(&format!("Led by a {role}"), Some(id), &[]),
            own_team: team(&format!("With a {role}"), None, &[id]),
            managed_department: (role != "member")
                .then(|| department(&format!("Led by a {role}"), Some(id))),
        };
        // Only managers can be made one of a team; a member may still be, who was a manager before.
        set_role("manager");
        let dave = someone("member", &acme.dave, &acme.sessions.dave);
        set_role("member");
        let people = vec![
            someone("admin", &acme.alice, &acme.sessions.alice),
            someone("manager", &acme.bob, &acme.sessions.bob),
            dave,
        ];
        Self {
            acme,
            people,
            other_team: team("Elsewhere", None, &[]),
            other_department: department("Elsewhere", None),
            alice,
        }
    }

    /// Where something belongs that relates to this person like this: fields of its body.
    pub fn place(&self, person: &Someone, relation: Relation) -> Value {
        match relation {
            Relation::Own => json!({ "owner_id": person.id.as_str() }),
            Relation::Managed => json!({ "team_id": person.managed_team }),
            Relation::Team => json!({ "team_id": person.own_team }),
            Relation::Other => json!({ "team_id": self.other_team }),
        }
    }

    /// Where a thing of a department belongs that relates to this person like this: all three people are
    /// in one department.
    pub fn place_in_department(&self, person: &Someone, relation: Relation) -> Option<Value> {
        let department = match relation {
            Relation::Own | Relation::Other => self.other_department.clone(),
            Relation::Managed => person.managed_department.clone()?,
            Relation::Team => self.acme.department.to_string(),
        };
        let owner = (relation == Relation::Own).then_some(person.id.as_str());
        Some(json!({ "department_id": department, "owner_id": owner }))
    }

    fn okr(&self, place: &Value) -> String {
        let mut body = place.clone();
        body["title"] = "An objective".into();
        body["type"] = "team".into();
        body["cycle_id"] = self.acme.cycles.active.as_str().into();
        id(&self.acme.bulk().post("/okrs", &body).expect(201))
    }

    fn key_result(&self, okr: &str) -> String {
        let body = json!({ "title": "A result", "metric_type": "number", "start_value": 0, "target_value": 9 });
        let path = format!("/okrs/{okr}/key-results");
        id(&self.acme.bulk().post(&path, &body).expect(201))
    }

    fn kpi(&self, place: &Value) -> String {
        let mut body = place.clone();
        body["name"] = "A KPI".into();
        id(&self.acme.bulk().post("/kpis", &body).expect(201))
    }

    fn initiative(&self, place: &Value) -> String {
        let mut body = json!({ "title": "An initiative" });
        match place.get("owner_id") {
            Some(owner) => body["owner_id"] = owner.clone(),
            None => body["okr_id"] = self.okr(place).into(),
        }
        let made = self.acme.bulk().post("/initiatives", &body).expect(201);
        id(&made["data"])
    }

    /// Of a seeded key result, by this person or by alice.
    fn check_in(&self, by: &Api) -> String {
        let okr = self.okr(&json!({ "team_id": self.acme.team.as_str() }));
        let path = format!("/key-results/{}/checkins", self.key_result(&okr));
        id(&by.post(&path, &json!({ "value": 1 })).expect(201))
    }

    fn comment(&self, by: &Api) -> String {
        let path = format!("/api/app/okrs/{}/comments", self.acme.okr);
        id(&by.post(&path, &json!({ "text": "A word" })).expect(201))
    }

    fn template(&self) -> String {
        let body = json!({
            "name": format!("Questions {}", unique()),
            "questions": [{ "text": "How was it?", "kind": "rating" }],
        });
        id(&self
            .alice
            .post("/api/app/review-templates", &body)
            .expect(201))
    }

    fn review_cycle(&self, participants: &Value) -> String {
        let body = json!({ "name": "A round", "template_id": self.template(), "participants": participants });
        id(&self.alice.post("/api/app/review-cycles", &body).expect(201))
    }

    /// In an active round, brought to the state that this operation needs.
    fn review(&self, operation: &str, reviewer: &Someone, reviewee: &MemberId) -> String {
        let pair = json!([{ "reviewee_id": reviewee.as_str(), "reviewer_id": reviewer.id.as_str(), "type": "manager" }]);
        let cycle = format!("/api/app/review-cycles/{}", self.review_cycle(&pair));
        self.alice
            .patch(&cycle, &json!({ "status": "active" }))
            .expect(200);
        let review = id(&self.alice.read(&cycle)["reviews"][0]);
        let path = format!("/api/app/reviews/{review}");
        let step = |name: &str, by: &Api| {
            by.post(&format!("{path}/{name}"), &json!({})).expect(200);
        };
        if matches!(operation, "saveReview" | "noteReview") {
            return review;
        }
        let answers = json!({ "answers": [4] });
        reviewer
            .api
            .put(&format!("{path}/answers"), &answers)
            .expect(204);
        if operation != "submitReview" {
            step("submit", &reviewer.api);
        }
        if operation == "unshareReview" {
            step("share", &self.alice);
        }
        review
    }

    fn member(&self, operation: &str) -> String {
        let body = json!({
            "email": format!("{}@{}", unique(), self.acme.domain), "name": "Somebody", "role": "member",
        });
        let made = self.alice.post("/api/app/members", &body).expect(201);
        let member = id(&made["member"]);
        let path = format!("/api/app/members/{member}");
        if operation == "enableMember" {
            self.alice
                .post(&format!("{path}/disable"), &json!({}))
                .expect(200);
        }
        member
    }

    /// The id of a new thing for this operation to act on, that relates to the person like this;
    /// `None` where nothing can.
    pub fn related(
        &self,
        operation: &str,
        path: &str,
        person: &Someone,
        relation: Relation,
    ) -> Option<String> {
        let place = self.place(person, relation);
        let bulk = self.acme.bulk();
        let by = |is_own: bool| match (is_own, person.role) {
            (true, _) => &person.api,
            // By somebody else.
            (false, "admin") => &self.people[1].api,
            (false, _) => &self.alice,
        };
        let own_or_other = || match relation {
            Relation::Own => Some(true),
            Relation::Other => Some(false),
            Relation::Managed | Relation::Team => None,
        };
        let deleted = |path: String| {
            bulk.delete(&path).expect(204);
        };
        Some(match path.split('/').nth(1)? {
            "okrs" => {
                let okr = self.okr(&place);
                if operation == "restoreOkr" {
                    deleted(format!("/okrs/{okr}"));
                }
                okr
            }
            "key-results" => {
                let key_result = self.key_result(&self.okr(&place));
                if operation == "restoreKeyResult" {
                    deleted(format!("/key-results/{key_result}"));
                }
                key_result
            }
            "check-ins" => self.check_in(by(own_or_other()?)),
            "comments" => self.comment(by(own_or_other()?)),
            "kpis" => {
                let kpi = self.kpi(&place);
                if operation == "restoreKpi" {
                    let path = format!("/api/app/kpis/{kpi}");
                    self.alice.delete(&path).expect(204);
                }
                kpi
            }
            "initiatives" => self.initiative(&place),
            "teams" => match relation {
                Relation::Own => return None,
                Relation::Managed => person.managed_team.clone(),
                Relation::Team => person.own_team.clone(),
                Relation::Other => self.other_team.clone(),
            },
            "reviews" => {
                let (carol, dave) = (&self.acme.carol, &self.acme.dave);
                let somebody_else = &self.people[usize::from(person.role == "admin")];
                match relation {
                    Relation::Own => self.review(operation, person, carol),
                    // Dave is in the team that bob leads.
                    Relation::Managed if person.role == "manager" => {
                        self.review(operation, somebody_else, dave)
                    }
                    Relation::Other => self.review(operation, somebody_else, carol),
                    Relation::Managed | Relation::Team => return None,
                }
            }
            _ => self.any(operation, path),
        })
    }

    /// The id of a thing of the workspace as a whole.
    fn any(&self, operation: &str, path: &str) -> String {
        let acme = self.acme;
        match path.split('/').nth(1).unwrap_or_default() {
            "cycles" => acme.cycles.ended.to_string(),
            "departments" => acme.department.to_string(),
            // Whoever has not joined has no password to reset.
            "members" if operation == "makeResetLink" => acme.carol.to_string(),
            "members" => self.member(operation),
            "sessions" => id(&self.alice.read("/api/app/sessions")[0]),
            "api-keys" => {
                let body = json!({ "name": "A key", "scopes": ["okrs:read"] });
                let made = self.alice.post("/api/app/api-keys", &body).expect(201);
                id(&made["api_key"])
            }
            "review-templates" => self.template(),
            "review-cycles" => self.review_cycle(&json!([
                { "reviewee_id": acme.carol.as_str(), "reviewer_id": acme.alice.as_str(), "type": "peer" }
            ])),
            // Nothing waits, and nobody is only a name, where the data is.
            "pending-writes" | "hosted-people" => UNKNOWN.to_owned(),
            other => panic!("say in things.rs which thing goes into /{other}"),
        }
    }

    /// The id of some thing for this operation, alice's where things belong to somebody; empty if its
    /// address names none.
    pub fn any_id(&self, operation: &Operation) -> String {
        if !operation.has_id() {
            return String::new();
        }
        let alice = &self.people[0];
        [Relation::Own, Relation::Other]
            .into_iter()
            .find_map(|relation| self.related(&operation.id, &operation.path, alice, relation))
            .unwrap()
    }

    /// A body that the operation accepts.
    pub fn body(&self, operation: &Operation) -> Value {
        let acme = self.acme;
        match &*operation.id {
            _ if !operation.takes_body => json!({}),
            "createApiKey" => json!({ "name": "A key", "scopes": ["okrs:read"] }),
            "rollApiKey" => json!({ "overlap_hours": 1 }),
            "correctCheckIn" => json!({ "value": 2 }),
            "createComment" | "updateComment" => json!({ "text": "Another word" }),
            "createCycle" => json!({
                "name": format!("Cycle {}", unique()), "start_date": "2031-01-01", "end_date": "2031-03-31",
            }),
            "updateCycle" => json!({ "name": format!("Cycle {}", unique()) }),
            "cloneCycle" => json!({ "into_cycle_id": acme.cycles.upcoming.as_str() }),
            "createDepartment" | "updateDepartment" | "createTeam" | "updateTeam" => {
                json!({ "name": format!("Group {}", unique()) })
            }
            "alignKeyResult" | "alignOkr" => json!({ "weight": 2 }),
            "updateKpi" => json!({ "name": "Another KPI" }),
            "updateMe" | "updateMember" => json!({ "name": "Another name" }),
            "changePassword" => {
                json!({ "current_password": PASSWORD, "new_password": "a new beginning" })
            }
            "inviteMember" => json!({
                "email": format!("{}@{}", unique(), acme.domain), "name": "Somebody", "role": "member",
            }),
            "importMembers" => {
                json!({ "csv": "name,email,role\nA,a@acme.test,member\n", "dry_run": true })
            }
            "disableMember" => json!({ "credentials": "revoke" }),
            "decidePendingWrite" => json!({ "decision": "drop" }),
            "linkHostedPerson" => json!({ "member_id": acme.carol.as_str() }),
            "handOver" => json!({ "to_member_id": acme.carol.as_str() }),
            "readNotifications" => json!({}),
            "createReviewCycle" => json!({
                "name": "A round", "template_id": self.template(),
                "participants": [{ "reviewee_id": acme.carol.as_str(), "reviewer_id": acme.alice.as_str(), "type": "peer" }],
            }),
            "updateReviewCycle" | "updateReviewTemplate" => {
                json!({ "name": format!("Round {}", unique()) })
            }
            "createReviewTemplate" => json!({
                "name": format!("Questions {}", unique()), "questions": [{ "text": "And?", "kind": "text" }],
            }),
            "saveReview" => json!({ "answers": [3] }),
            "noteReview" => json!({ "note": "To myself" }),
            "signIn" => json!({ "email": "a@acme.test", "password": "not the password" }),
            "setUp" => json!({
                "token": "guessed", "workspace": "W", "name": "N", "email": "n@acme.test", "password": "a new beginning",
            }),
            "showPasswordLink" => json!({ "token": "guessed" }),
            "usePasswordLink" => json!({ "token": "guessed", "password": "a new beginning" }),
            "recoverWorkspace" => {
                json!({ "token": "guessed", "workspace": "W", "email": "n@acme.test" })
            }
            "updateWorkspace" => json!({ "name": "Another name" }),
            other => panic!("say in things.rs what {other} takes"),
        }
    }

    /// What a stranger must not be able to change: most of what there is.
    pub fn snapshot(&self) -> Vec<Value> {
        [
            "okrs",
            "kpis",
            "cycles",
            "directory",
            "workspace",
            "api-keys",
            "review-templates",
            "reviews",
            "me",
        ]
        .map(|list| self.alice.read(&format!("/api/app/{list}")))
        .into_iter()
        .map(without_counters)
        .collect()
    }
}

/// Reading is counted, too: what a list of keys says of that is no change.
fn without_counters(mut list: Value) -> Value {
    for item in list.as_array_mut().into_iter().flatten() {
        if let Some(item) = item.as_object_mut() {
            item.retain(|name, _| !name.starts_with("used_") && !name.starts_with("last_used"));
        }
    }
    list
}

fn id(answer: &Value) -> String {
    crate::ids::id(answer)
}

/// A word that no other call gives.
fn unique() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("n{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
