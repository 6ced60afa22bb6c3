//! OKRs by name, in the order that the server sends them.

use okrs_shared::cycle::Cycle;
use serde_json::json;

use super::*;
use crate::components::ui::address::parse;

/// An OKR called `title`, below `parent`, whose one key result stands at `current` of 1,000.
fn okr(title: &str, parent: Option<&str>, status: &str, current: f64) -> serde_json::Value {
    let share = current / 1_000.0;
    let key_result = json!({
        "title": "K", "metric_type": "number", "start_value": 0, "current_value": current,
        "target_value": 1_000, "expected": 0, "status": "on_track", "health": 50,
    });
    json!({
        "id": title, "title": title, "type": "team", "parent_id": parent, "owner_id": null, "owner": "Alice",
        "team_id": status, "team": status, "progress": progress::shown(share), "status": status,
        "health": {"score": 50, "needs_setup": false}, "archived": false, "course": [],
        "key_results": [key_result], "may": [],
    })
}

fn okrs() -> Okrs {
    let okrs = json!([
        okr("Grow", None, "on_track", 600.0),
        okr("Sell", Some("Grow"), "off_track", 200.0),
        okr("Call", Some("Sell"), "at_risk", 400.0),
        okr("Hire", None, "on_track", 800.0),
    ]);
    Okrs::new(Arc::new(OkrList {
        cycle: None::<Cycle>,
        next_after: None,
        okrs: serde_json::from_value(okrs).unwrap(),
    }))
}

/// Each line's title, indented by its depth, in brackets when it is there for its children only.
fn shown(query: &str, folds: &Folds) -> Vec<String> {
    let okrs = okrs();
    let view: ListView = parse(query);
    let sections = sections(&okrs, &view, &Params::default(), folds);
    let lines = sections.iter().flat_map(|section| section.lines.iter());
    lines
        .map(|line| match *line {
            Line::Okr {
                okr,
                depth,
                is_context,
                ..
            } => {
                let title = &okrs.at(okr).title;
                let title = if is_context {
                    format!("({title})")
                } else {
                    title.clone()
                };
                "-".repeat(depth) + &title
            }
            Line::KeyResult { key_result, .. } => key_result.to_string(),
        })
        .collect()
}

#[test]
fn what_needs_attention_comes_first() {
    let folds = Folds::default();
    assert_eq!(shown("", &folds), ["Sell", "Call", "Grow", "Hire"]);
    assert_eq!(
        shown("sort=newest", &folds),
        ["Grow", "Sell", "Call", "Hire"]
    );
    assert_eq!(
        shown("sort=title", &folds),
        ["Call", "Grow", "Hire", "Sell"]
    );
    assert_eq!(
        shown("sort=progress", &folds),
        ["Sell", "Call", "Grow", "Hire"]
    );
}

#[test]
fn a_tree_has_children_below_their_parents() {
    let folds = Folds::default();
    assert_eq!(
        shown("layout=tree&sort=title", &folds),
        ["Grow", "-Sell", "--Call", "Hire"]
    );
    let folded = Folds {
        folded: HashSet::from([1]),
        ..Folds::default()
    };
    assert_eq!(
        shown("layout=tree&sort=title", &folded),
        ["Grow", "-Sell", "Hire"]
    );
}

#[test]
fn a_tree_shows_the_parents_of_what_was_found() {
    let folds = Folds::default();
    assert_eq!(
        shown("layout=tree&q=call", &folds),
        ["(Grow)", "-(Sell)", "--Call"]
    );
    assert_eq!(shown("q=ALICE+call", &folds), ["Call"]);
    assert_eq!(shown("q=nothing", &folds), Vec::<String>::new());
}

#[test]
fn groups_carry_their_counts_and_their_progress() {
    let okrs = okrs();
    let view: ListView = parse("group=status");
    let groups = sections(&okrs, &view, &Params::default(), &Folds::default());
    let heads: Vec<_> = groups
        .iter()
        .filter_map(|group| group.head.as_ref())
        .collect();
    assert_eq!(heads.len(), 3);
    assert_eq!(heads[0].of, GroupOf::Status(Reverse(Status::OffTrack)));
    assert_eq!((heads[2].count, heads[2].progress), (2, 0.7));
    assert_eq!(heads[2].standings, [(Status::OnTrack, 2)]);
    assert_eq!(count(&groups), 4);
}

#[test]
fn what_is_almost_there_is_sorted_and_rolled_up_by_how_far_it_really_is() {
    let okrs = json!([
        okr("Sell", None, "on_track", 998.0),
        okr("Grow", None, "on_track", 991.0),
        okr("Hire", None, "on_track", 1_000.0),
    ]);
    let okrs = Okrs::new(Arc::new(OkrList {
        cycle: None::<Cycle>,
        next_after: None,
        okrs: serde_json::from_value(okrs).unwrap(),
    }));
    let view: ListView = parse("group=status&sort=progress");
    let groups = sections(&okrs, &view, &Params::default(), &Folds::default());
    let titles: Vec<&str> = groups[0]
        .lines
        .iter()
        .map(|line| match line {
            Line::Okr { okr, .. } => &*okrs.at(*okr).title,
            Line::KeyResult { .. } => "",
        })
        .collect();
    assert_eq!(titles, ["Grow", "Sell", "Hire"]);
    let shown = groups[0].head.as_ref().map(|head| head.progress);
    assert!(
        shown.is_some_and(|share| (share - 0.996_333).abs() < 1e-6),
        "{shown:?}"
    );
}

#[test]
fn a_circle_of_parents_shows_nothing_rather_than_everything_for_ever() {
    let mut list = (*okrs().list).clone();
    list.okrs[0].parent_id = Some(list.okrs[1].id.clone());
    let okrs = Okrs::new(Arc::new(list));
    let view: ListView = parse("layout=tree");
    let found = sections(&okrs, &view, &Params::default(), &Folds::default());
    assert_eq!(count(&found), 1);
}
