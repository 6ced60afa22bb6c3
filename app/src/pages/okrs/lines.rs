//! The lines of the list: which OKRs and key results stand below each other, in which groups.
//!
//! A line is a position in what the server sent, so that 500 OKRs with 2,500 key results are put in
//! order without copying one of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use okrs_shared::id::OkrId;
use okrs_shared::okr::OkrType;
use okrs_shared::okr_list::{OkrLine, OkrList};
use okrs_shared::rules::{Params, progress};
use okrs_shared::status::Status;

use super::list_view::{Group, Layout, ListView, Sort, searchable};
use crate::locale;

/// What the server sent, with what searches look at.
pub struct Okrs {
    pub list: Arc<OkrList>,
    texts: Vec<String>,
    /// Children by parent.
    children: HashMap<OkrId, Vec<usize>>,
    positions: HashMap<OkrId, usize>,
}

impl Okrs {
    /// Prepared once for each answer.
    pub fn new(list: Arc<OkrList>) -> Self {
        let mut children: HashMap<OkrId, Vec<usize>> = HashMap::new();
        for (position, okr) in list.okrs.iter().enumerate() {
            if let Some(parent) = &okr.parent_id {
                children.entry(parent.clone()).or_default().push(position);
            }
        }
        let positions = list.okrs.iter().enumerate();
        Self {
            texts: list.okrs.iter().map(searchable).collect(),
            positions: positions.map(|(at, okr)| (okr.id.clone(), at)).collect(),
            children,
            list,
        }
    }

    /// The OKR at a position.
    pub fn at(&self, position: usize) -> &OkrLine {
        &self.list.okrs[position]
    }

    fn children_of(&self, position: usize) -> &[usize] {
        self.children
            .get(&self.at(position).id)
            .map_or(&[], Vec::as_slice)
    }

    fn parent_of(&self, position: usize) -> Option<usize> {
        let parent = self.at(position).parent_id.as_ref()?;
        self.positions.get(parent).copied()
    }
}

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Line {
    /// An OKR.
    Okr {
        /// The OKR's position.
        okr: usize,
        /// How many OKRs it stands below.
        depth: usize,
        /// Whether OKRs can be folded away below it.
        has_children: bool,
        /// Whether it is only shown because of what stands below it.
        is_context: bool,
    },
    /// A key result of the OKR above.
    KeyResult {
        /// The OKR's position.
        okr: usize,
        /// The key result's position in that OKR.
        key_result: usize,
        /// As that of its OKR.
        depth: usize,
    },
}

/// Lines below one head.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Absent when the list is not divided.
    pub head: Option<Head>,
    pub lines: Arc<Vec<Line>>,
}

/// What a group has in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// What the group is.
    pub of: GroupOf,
    /// How many OKRs are in it.
    pub count: usize,
    /// Their mean progress, 0 to 1.
    pub progress: f64,
    /// How many OKRs stand how, worst first; none that is 0.
    pub standings: Vec<(Status, usize)>,
}

/// A group, in the order that groups stand in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupOf {
    Company,
    Department(String),
    Team(String),
    /// A team's or department's OKR that names none.
    Nobody,
    Status(Reverse<Status>),
}

/// What is unfolded and folded by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds {
    /// OKRs whose key results are shown.
    pub unfolded: HashSet<usize>,
    /// OKRs whose children are not shown.
    pub folded: HashSet<usize>,
}

/// The lines of a view.
pub fn sections(okrs: &Okrs, view: &ListView, params: &Params, folds: &Folds) -> Vec<Section> {
    let words = view.words();
    let mut shown: Vec<usize> = (0..okrs.list.okrs.len())
        .filter(|&at| view.shows(okrs.at(at), &okrs.texts[at], &words, params))
        .collect();
    sort(okrs, &mut shown, view.sort);
    match (view.layout, view.group) {
        (Layout::Tree, _) => vec![tree(okrs, &shown, view.sort, folds)],
        (Layout::List, None) => vec![Section {
            head: None,
            lines: Arc::new(flat(okrs, &shown, folds)),
        }],
        (Layout::List, Some(group)) => {
            let mut groups: BTreeMap<GroupOf, Vec<usize>> = BTreeMap::new();
            for at in shown {
                let of = group_of(okrs.at(at), group);
                groups.entry(of).or_default().push(at);
            }
            let grouped = groups.into_iter().map(|(of, shown)| Section {
                head: Some(head(okrs, of, &shown)),
                lines: Arc::new(flat(okrs, &shown, folds)),
            });
            grouped.collect()
        }
    }
}

/// How many OKRs are shown for their own sake.
pub fn count(sections: &[Section]) -> usize {
    let lines = sections.iter().flat_map(|section| section.lines.iter());
    lines
        .filter(|line| {
            matches!(
                line,
                Line::Okr {
                    is_context: false,
                    ..
                }
            )
        })
        .count()
}

fn sort(okrs: &Okrs, positions: &mut [usize], sort: Sort) {
    match sort {
        // As the server sends them.
        Sort::Newest => positions.sort_unstable(),
        Sort::Title => {
            let title = |at: &usize| okrs.at(*at).title.clone();
            positions.copy_from_slice(&locale::sorted(positions.to_vec(), title));
        }
        Sort::Attention => positions.sort_by_key(|&at| {
            let okr = okrs.at(at);
            (Reverse(okr.status), okr.health.score, at)
        }),
        Sort::Progress => positions.sort_by(|&a, &b| {
            let progress = |at: usize| exact_progress(okrs.at(at));
            progress(a).total_cmp(&progress(b)).then(a.cmp(&b))
        }),
        Sort::LastCheckIn => positions.sort_by_key(|&at| (last_check_in(okrs.at(at)), at)),
    }
}

/// Its progress as it is computed with: what is shown has two decimals.
fn exact_progress(okr: &OkrLine) -> f64 {
    let parts = okr.key_results.iter().map(|part| {
        let [start, target, current] = [part.start_value, part.target_value, part.current_value];
        let raw = progress::raw(start.get(), target.get(), current.get());
        (part.weight.get(), raw)
    });
    progress::objective(parts)
}

/// The day of the latest check-in of any key result.
pub fn last_check_in(okr: &OkrLine) -> Option<chrono::NaiveDate> {
    let all = okr.key_results.iter();
    all.filter_map(|found| found.last_check_in_on).max()
}

fn flat(okrs: &Okrs, shown: &[usize], folds: &Folds) -> Vec<Line> {
    let mut lines = Vec::with_capacity(shown.len());
    for &okr in shown {
        lines.push(Line::Okr {
            okr,
            depth: 0,
            has_children: false,
            is_context: false,
        });
        push_key_results(okrs, okr, 0, folds, &mut lines);
    }
    lines
}

fn push_key_results(okrs: &Okrs, okr: usize, depth: usize, folds: &Folds, lines: &mut Vec<Line>) {
    if folds.unfolded.contains(&okr) {
        let all = 0..okrs.at(okr).key_results.len();
        lines.extend(all.map(|key_result| Line::KeyResult {
            okr,
            key_result,
            depth,
        }));
    }
}

fn tree(okrs: &Okrs, shown: &[usize], order: Sort, folds: &Folds) -> Section {
    let matching: HashSet<usize> = shown.iter().copied().collect();
    let mut visible = matching.clone();
    for &at in shown {
        let mut above = okrs.parent_of(at);
        // Whoever stands there already has brought its own parents, which also ends a circle.
        while let Some(parent) = above.filter(|&parent| visible.insert(parent)) {
            above = okrs.parent_of(parent);
        }
    }
    let mut roots: Vec<usize> = visible
        .iter()
        .copied()
        .filter(|&at| okrs.parent_of(at).is_none())
        .collect();
    sort(okrs, &mut roots, order);
    let mut lines = Vec::with_capacity(visible.len());
    let mut waiting: Vec<(usize, usize)> = roots.into_iter().rev().map(|at| (at, 0)).collect();
    while let Some((okr, depth)) = waiting.pop() {
        let below = okrs.children_of(okr).iter().copied();
        let mut below: Vec<usize> = below.filter(|at| visible.contains(at)).collect();
        lines.push(Line::Okr {
            okr,
            depth,
            has_children: !below.is_empty(),
            is_context: !matching.contains(&okr),
        });
        push_key_results(okrs, okr, depth, folds, &mut lines);
        if !folds.folded.contains(&okr) {
            sort(okrs, &mut below, order);
            waiting.extend(below.into_iter().rev().map(|at| (at, depth + 1)));
        }
    }
    Section {
        head: None,
        lines: Arc::new(lines),
    }
}

fn group_of(okr: &OkrLine, group: Group) -> GroupOf {
    match (group, okr.okr_type) {
        (Group::Status, _) => GroupOf::Status(Reverse(okr.status)),
        (Group::Team, OkrType::Org) => GroupOf::Company,
        (Group::Team, OkrType::Department) => okr
            .department
            .clone()
            .map_or(GroupOf::Nobody, GroupOf::Department),
        (Group::Team, OkrType::Team) => okr.team.clone().map_or(GroupOf::Nobody, GroupOf::Team),
    }
}

fn head(okrs: &Okrs, of: GroupOf, positions: &[usize]) -> Head {
    let mut standings: BTreeMap<Reverse<Status>, usize> = BTreeMap::new();
    for &at in positions {
        *standings.entry(Reverse(okrs.at(at).status)).or_default() += 1;
    }
    let shares = positions
        .iter()
        .map(|&at| (1.0, exact_progress(okrs.at(at))));
    Head {
        of,
        count: positions.len(),
        progress: progress::objective(shares),
        standings: standings
            .into_iter()
            .map(|(Reverse(status), count)| (status, count))
            .collect(),
    }
}

#[cfg(test)]
#[path = "lines_tests.rs"]
mod tests;
