//! Tools about OKRs.

use okrs_shared::id::{CycleId, OkrId};
use serde_json::{Value, json};

use super::{Arguments, cycle_id, okr_id, text};
use crate::caller::Caller;
use crate::error::Result;
use crate::mcp::filters::{Facts, Filter};
use crate::mcp::pages::{Page, compact, fitting, gone};
use crate::mcp::shapes;
use crate::mcp::tokens::{line, name};
use crate::ops;
use crate::ops::standing::{Assessed, Standing};
use crate::store::Db;

/// So many OKRs are listed unless another number is asked for.
pub const USUAL_OKRS: usize = 25;

/// So many key results of an OKR.
const USUAL_KEY_RESULTS: usize = 20;

/// So many initiatives stand beside an OKR.
const INITIATIVES_ASIDE: usize = 10;

/// So many tokens they may have together.
const TOKENS_ASIDE: usize = 600;

/// So many hits are given.
const USUAL_HITS: usize = 20;

/// `get_okrs(cycle_id?, status?, owner?, team?, department?, words?, include_key_results?, limit?, cursor?)`
pub async fn list(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let page = Page::asked(&arguments, USUAL_OKRS);
    let filter = Filter::asked(&arguments);
    let with_key_results = arguments.get("include_key_results") == Some(&json!(true));
    let cycle_id = cycle_id(&arguments);
    let (standing, total) = page_of_cycle(db, caller, cycle_id.as_ref(), &page, &filter).await?;
    let head = json!({ "cycle": shapes::cycle_of(&standing, caller), "total": total });
    let head = shapes::with_figures(head, caller);
    Ok(page.fill(head, "okrs", rows(&standing, with_key_results)))
}

/// The OKRs as rows of a list.
pub fn rows(standing: &Standing, with_key_results: bool) -> impl Iterator<Item = (String, Value)> {
    standing.okrs.iter().map(move |okr| {
        let row = shapes::okrs::row(okr, with_key_results);
        (okr.row.id.to_string(), row)
    })
}

/// The OKRs after the page's cursor that pass the filter, and how many pass it in all. What any name or
/// word is compared with has to be read whole; without a filter only the page is.
pub async fn page_of_cycle(
    db: &Db,
    caller: &Caller,
    cycle_id: Option<&CycleId>,
    page: &Page,
    filter: &Filter,
) -> Result<(Standing, usize)> {
    if filter.is_empty() {
        let read = ops::standing::page_of_cycle(db, caller, cycle_id, page.slice()).await?;
        return read.ok_or_else(gone);
    }
    let mut standing = ops::standing::of_cycle(db, caller, cycle_id).await?;
    let passes = |okr: &Assessed| filter.passes(&facts(okr));
    let begin = page.begin(&standing.okrs, |okr| okr.row.id.to_string())?;
    let rest = standing.okrs.split_off(begin);
    let before = standing.okrs.iter().filter(|okr| passes(okr)).count();
    standing.okrs = rest.into_iter().filter(|okr| passes(okr)).collect();
    let total = before + standing.okrs.len();
    Ok((standing, total))
}

/// What a filter looks at. Who owns a key result answers for a part.
pub fn facts(okr: &Assessed) -> Facts<'_> {
    let row = &okr.row;
    let owner = row.owner_id.as_ref().map(|id| id.as_str());
    let owners = okr.key_results().map(|(row, extras, _)| {
        let id = row.owner_id.as_ref().map(|id| id.as_str());
        (id, extras.owner.as_deref())
    });
    let titles = okr.key_results().map(|(row, _, _)| &*row.title);
    Facts {
        status: okr.figures.status.as_str(),
        owners: owners.chain([(owner, row.owner.as_deref())]).collect(),
        team: (
            row.team_id.as_ref().map(|id| id.as_str()),
            row.team.as_deref(),
        ),
        department: (
            row.department_id.as_ref().map(|id| id.as_str()),
            row.department.as_deref(),
        ),
        words: titles
            .chain([&*row.title])
            .chain(row.description.as_deref())
            .collect(),
    }
}

/// `get_okr(okr_id, limit?, cursor?)`
pub async fn get(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let page = Page::asked(&arguments, USUAL_KEY_RESULTS);
    whole(db, caller, &okr_id(&arguments), &page).await
}

/// An OKR with what stands around it, and a page of its key results.
pub async fn whole(db: &Db, caller: &Caller, id: &OkrId, page: &Page) -> Result<Value> {
    let most = u32::try_from(INITIATIVES_ASIDE).unwrap_or(u32::MAX);
    let standing = ops::standing::of_okr(db, caller, id, most).await?;
    let parent = standing.parent.as_ref();
    let mut head = json!({
        "okr": shapes::okrs::whole(&standing.okr),
        "cycle": shapes::cycle(&standing.okr.cycle, caller),
        "parent": parent.map(|parent| json!({ "id": parent.id, "title": line(&parent.title) })),
        "initiative_count": standing.initiative_count,
    });
    if page.is_first() {
        let rows = standing.initiatives.iter().map(|row| {
            let mut row = shapes::initiative(row);
            remove(&mut row, &["okr_id", "description"]);
            (String::new(), row)
        });
        let (initiatives, _) = fitting(rows, INITIATIVES_ASIDE, TOKENS_ASIDE);
        head["initiatives"] = Value::Array(initiatives);
    }
    let key_results = key_results_of(&standing.okr, page, shapes::okrs::key_result)?;
    let head = shapes::with_figures(compact(head), caller);
    Ok(page.fill(head, "key_results", key_results))
}

/// The key results after the page's cursor, each as `shaped`.
fn key_results_of<'a>(
    okr: &'a Assessed,
    page: &Page,
    shaped: impl Fn(ops::standing::AssessedKeyResult<'a>) -> Value + 'a,
) -> Result<impl Iterator<Item = (String, Value)> + 'a> {
    let begin = page.begin(&okr.row.key_results, |(row, _)| row.id.to_string())?;
    let rest = okr.key_results().skip(begin);
    Ok(rest.map(move |own| (own.0.id.to_string(), shaped(own))))
}

/// `search_okrs(query, cycle_id?, limit?, cursor?)`
pub async fn search(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let page = Page::asked(&arguments, USUAL_HITS);
    let query = text(&arguments, "query").unwrap_or_default();
    let cycle_id = cycle_id(&arguments);
    let found = ops::search::okrs(db, caller, query, cycle_id.as_ref()).await?;
    let begin = page.begin(&found.hits, |hit| hit.id.clone())?;
    let head = json!({ "total": found.hits.len(), "is_truncated": found.is_truncated });
    let hits = found.hits.iter().skip(begin).map(|hit| {
        let mut cycles = found.cycles.iter();
        let cycle = cycles.find(|cycle| cycle.id == hit.cycle_id);
        let mut row = json!({
            "type": hit.kind,
            "id": hit.id,
            "title": line(&hit.title),
            "okr_id": hit.okr_id,
            "okr": line(&hit.okr),
            "cycle": name(cycle.map(|cycle| &cycle.name)),
        });
        if hit.id == hit.okr_id.as_str() {
            remove(&mut row, &["okr", "okr_id"]);
        }
        (hit.id.clone(), compact(row))
    });
    Ok(page.fill(head, "results", hits))
}

/// `explain_health(okr_id, limit?, cursor?)`
pub async fn explain_health(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let page = Page::asked(&arguments, USUAL_KEY_RESULTS);
    let standing = ops::standing::of_okr(db, caller, &okr_id(&arguments), 0).await?;
    let head = shapes::health::explained(&standing.okr, caller);
    let head = shapes::with_figures(head, caller);
    let rows = key_results_of(&standing.okr, &page, |own| {
        shapes::health::key_result(own, caller)
    })?;
    Ok(page.fill(head, "key_results", rows))
}

/// Takes fields away that would say in every row what the answer says once.
fn remove(row: &mut Value, names: &[&str]) {
    if let Value::Object(fields) = row {
        fields.retain(|name, _| !names.contains(&&**name));
    }
}
