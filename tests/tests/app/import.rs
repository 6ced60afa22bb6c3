//! Importing people from a CSV file.

use okrs_tests::{Api, workspace};
use serde_json::{Value, json};

const PATH: &str = "/api/app/members/import";

#[track_caller]
fn import(api: &Api, csv: &str, dry_run: bool) -> Value {
    let answer = api.post(PATH, &json!({ "csv": csv, "dry_run": dry_run }));
    let body = answer.expect(200);
    assert!(answer.cost().d1_calls <= 10, "{:?}", answer.cost());
    body
}

fn outcomes(import: &Value) -> Vec<(u64, &str)> {
    let lines = import["lines"].as_array().unwrap().iter();
    lines
        .map(|line| {
            (
                line["line"].as_u64().unwrap(),
                line["outcome"].as_str().unwrap(),
            )
        })
        .collect()
}

#[test]
fn a_dry_run_says_what_each_line_would_do_and_does_nothing() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let before = alice.read("/api/app/directory");
    let domain = &acme.domain;
    let csv = format!(
        "Team,Email,Name,Role,Department\n\
         Growth,erin@{domain},Erin,manager,Sales\n\
         ,CAROL@{domain},Carol again,,\n\
         growth,finn@{domain},Finn,,sales\n\
         ,ERIN@{domain},Erin again,,\n\
         ,finn,Finn,,\n\
         ,gus@{domain},Gus,owner,\n\
         ,gus@{domain},,,\n\
         ,gus@{domain},Gus,,,more\n\
         Onboarding,gus@{domain},Gus,,Product\n"
    );
    let dry = import(&alice, &csv, true);
    let expected = [
        (2, "created"),
        (3, "exists"),
        (4, "created"),
        (5, "error"),
        (6, "error"),
        (7, "error"),
        (8, "error"),
        (9, "error"),
        (10, "created"),
    ];
    assert_eq!(outcomes(&dry), expected);
    for (at, field) in [
        (3, json!("email")),
        (4, json!("email")),
        (5, json!("role")),
        (6, json!("name")),
    ] {
        let line = &dry["lines"][at];
        assert_eq!(line["field"], field, "{line}");
        assert!(
            line["message"]
                .as_str()
                .unwrap()
                .starts_with(field.as_str().unwrap()),
            "{line}"
        );
    }
    assert!(
        dry["lines"][3]["message"]
            .as_str()
            .unwrap()
            .contains("line 2")
    );
    assert_eq!(dry["dry_run"], true);
    assert_eq!(dry["departments"], json!(["Sales"]));
    assert_eq!(dry["teams"], json!(["Growth"]));
    assert!(!dry.to_string().contains("http"), "{dry}");
    assert_eq!(alice.read("/api/app/directory"), before);

    // Without the dry run, one wrong line is enough to do nothing at all.
    let refusal = alice.post(PATH, &json!({ "csv": csv })).refusal(400);
    assert!(refusal.starts_with("csv line 5: email"), "{refusal}");
    assert_eq!(alice.read("/api/app/directory"), before);
}

#[test]
fn an_import_invites_everybody_who_is_not_there_yet() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let domain = &acme.domain;
    let csv = format!(
        "name;email;role;department;team\n\
         Erin, the first;erin@{domain};manager;Sales;Growth\n\
         Carol again;carol@{domain};admin;Never made;Never made\n\
         Finn;finn@{domain};;product;onboarding\n"
    );
    let done = import(&alice, &csv, false);
    assert_eq!(
        outcomes(&done),
        [(2, "created"), (3, "exists"), (4, "created")]
    );
    assert_eq!(done["departments"], json!(["Sales"]));
    assert_eq!(done["teams"], json!(["Growth"]));
    assert_eq!(done["lines"][1]["link"], Value::Null);
    assert_eq!(done["lines"][1]["member_id"], acme.carol.as_str());

    let directory = alice.read("/api/app/directory");
    let by = |list: &str, field: &str, value: &str| {
        let list = directory[list].as_array().unwrap().iter();
        let mut found = list.filter(|entry| entry[field] == value);
        found.next().unwrap_or_else(|| panic!("{value}")).clone()
    };
    let (sales, growth) = (
        by("departments", "name", "Sales"),
        by("teams", "name", "Growth"),
    );
    assert_eq!(growth["department_id"], sales["id"]);
    let erin = by("members", "email", &format!("erin@{domain}"));
    assert_eq!(erin["name"], "Erin, the first");
    assert_eq!(erin["role"], "manager");
    assert_eq!(erin["department_id"], sales["id"]);
    assert_eq!(erin["team_ids"], json!([growth["id"]]));
    let finn = by("members", "email", &format!("finn@{domain}"));
    assert_eq!(finn["role"], "member");
    assert_eq!(finn["department_id"], acme.department.as_str());
    assert_eq!(finn["team_ids"], json!([acme.team.as_str()]));
    let carol = by("members", "email", &format!("carol@{domain}"));
    assert_eq!(
        (&carol["name"], &carol["role"]),
        (&json!("Carol Świątek"), &json!("member"))
    );

    let url = done["lines"][0]["link"]["url"].as_str().unwrap();
    let token = url.rsplit('#').next().unwrap();
    let link = alice.post("/api/app/password-links", &json!({ "token": token }));
    assert_eq!(link.expect(200)["email"], erin["email"]);
    assert_eq!(
        erin["invitation_expires_at"],
        done["lines"][0]["link"]["expires_at"]
    );

    // Once more, everybody is there.
    let again = import(&alice, &csv, false);
    assert_eq!(
        outcomes(&again),
        [(2, "exists"), (3, "exists"), (4, "exists")]
    );
    assert_eq!(alice.read("/api/app/directory"), directory);
}

#[test]
fn five_hundred_people_come_in_with_few_calls() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let line = |nth: usize| {
        let (team, department) = (nth % 40, nth % 10);
        format!(
            "Person {nth},p{nth}@{},Team {team},Department {department}\n",
            acme.domain
        )
    };
    let mut csv = "name,email,team,department\n".to_owned();
    csv.extend((0..500).map(line));
    let done = import(&alice, &csv, false);
    assert_eq!(done["lines"].as_array().unwrap().len(), 500);
    assert_eq!(done["teams"].as_array().unwrap().len(), 40);
    assert_eq!(done["departments"].as_array().unwrap().len(), 10);
    let directory = alice.read("/api/app/directory");
    assert_eq!(directory["members"].as_array().unwrap().len(), 504);
    let one_more = csv + &line(500);
    let refusal = alice.post(PATH, &json!({ "csv": one_more })).refusal(400);
    assert!(
        refusal.starts_with("csv must have at most 500"),
        "{refusal}"
    );
}

#[test]
fn what_is_no_list_of_people_is_refused() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    for (body, field) in [
        (json!({}), "csv is required"),
        (json!({ "csv": null }), "csv"),
        (json!({ "csv": " \n" }), "csv"),
        (json!({ "csv": "name,email" }), "csv"),
        (json!({ "csv": "name\nErin" }), "csv"),
        (json!({ "csv": "name,email,email\nErin,e@x.test,1" }), "csv"),
        (
            json!({ "csv": "name,email\nErin,e@x.test", "dry_run": "no" }),
            "dry_run",
        ),
    ] {
        let refusal = alice.post(PATH, &body).refusal(400);
        assert!(refusal.starts_with(field), "{body}: {refusal}");
    }
    let no_titles = json!({ "csv": "Ola Berg,ola@x.test\nIda Dahl,ida@x.test" });
    let refusal = alice.post(PATH, &no_titles).refusal(400);
    assert!(
        refusal.starts_with("csv must name its columns in the first line"),
        "{refusal}"
    );
    let big = json!({ "csv": "x".repeat(256 * 1024) });
    alice.post(PATH, &big).refusal(413);
    for cookie in [&acme.sessions.bob, &acme.sessions.carol] {
        let body = json!({ "csv": "name,email\nErin,e@x.test" });
        acme.api.signed_in(cookie).post(PATH, &body).refusal(403);
    }
}

/// Lists as spreadsheets and directories write them, each with the people in it and the columns that are not used.
/// `DOMAIN` stands for that of the workspace.
const AS_SPREADSHEETS_ARE: [(&str, &[&str], &[&str]); 7] = [
    (
        "name,email,role\r\nOla Berg,ola@DOMAIN,member,,\r\nIda Dahl,ida@DOMAIN,member,,\r\n",
        &["Ola Berg", "Ida Dahl"],
        &[],
    ),
    (
        "\u{feff}Name;E-Mail;Rolle\r\nJ\u{f6}rg M\u{fc}ller;joerg@DOMAIN;Mitglied\r\n",
        &["J\u{f6}rg M\u{fc}ller"],
        &[],
    ),
    (
        "First name,Last name,Email\nUna,Berg,una@DOMAIN\n",
        &["Una Berg"],
        &[],
    ),
    (
        "Name,Email,Job title,Phone\nAda Berg,ada@DOMAIN,Engineer,+47 555\n",
        &["Ada Berg"],
        &["Job title", "Phone"],
    ),
    (
        "name,email,team\r\n\"Siv\r\nBerg\",siv@DOMAIN,\"North\nSales\"\r\n",
        &["Siv Berg"],
        &[],
    ),
    (
        "Name\tMail\tTeam\r\nTor Lie\ttor@DOMAIN\tnorth sales\r\n",
        &["Tor Lie"],
        &[],
    ),
    (
        "sep=;\r\nVorname;Name;E-Mail\r\nEva;Lund;eva@DOMAIN\r\n",
        &["Eva Lund"],
        &[],
    ),
];

#[test]
fn lists_are_read_as_spreadsheets_write_them() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    for (csv, names, not_used) in AS_SPREADSHEETS_ARE {
        let done = import(&alice, &csv.replace("DOMAIN", &acme.domain), false);
        let lines = done["lines"].as_array().unwrap();
        assert!(
            lines.iter().all(|line| line["outcome"] == "created"),
            "{done}"
        );
        let found: Vec<_> = lines.iter().map(|line| line["name"].as_str()).collect();
        let names: Vec<_> = names.iter().copied().map(Some).collect();
        assert_eq!(found, names, "{csv}");
        assert_eq!(done["not_used"], json!(not_used), "{csv}");
    }
    let directory = alice.read("/api/app/directory");
    let teams = directory["teams"].as_array().unwrap().iter();
    let sales: Vec<_> = teams.filter(|team| team["name"] == "North Sales").collect();
    assert_eq!(sales.len(), 1, "{directory}");
    assert_eq!(sales[0]["member_ids"].as_array().unwrap().len(), 2);
}

#[test]
fn who_is_disabled_is_named_and_wrong_lines_are_left_out_if_that_is_asked_for() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let carol = acme.carol.as_str();
    alice
        .post(&format!("/api/app/members/{carol}/disable"), &json!({}))
        .expect(200);
    let domain = &acme.domain;
    let csv = format!("name,email\nCarol,Carol@{domain}\nErin,erin\nFinn,finn@{domain}\n");
    let done = alice
        .post(PATH, &json!({ "csv": csv, "leave_out_wrong": true }))
        .expect(200);
    assert_eq!(
        outcomes(&done),
        [(2, "disabled"), (3, "error"), (4, "created")]
    );
    assert_eq!(done["lines"][0]["member_id"], carol);
    let message = done["lines"][0]["message"].as_str().unwrap();
    assert!(
        message.starts_with("email is that of Carol \u{15a}wi\u{105}tek, disabled since 20"),
        "{message}"
    );
    assert!(message.ends_with(": enable them"), "{message}");

    // Nobody disabled keeps the others out.
    let csv = format!("name,email\nCarol,carol@{domain}\nGus,gus@{domain}\n");
    let done = import(&alice, &csv, false);
    assert_eq!(outcomes(&done), [(2, "disabled"), (3, "created")]);

    let again = json!({ "email": format!("CAROL@{domain}"), "name": "Carol", "role": "member" });
    let refusal = alice.post("/api/app/members", &again).refusal(409);
    assert_eq!(
        refusal,
        "email is that of a disabled member; enable them instead"
    );
}
