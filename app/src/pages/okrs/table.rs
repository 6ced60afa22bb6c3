//! The lines as a table of which only the part near the window is in the page.

use std::sync::Arc;

use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;

use super::address::Address;
use super::check_in::CheckingIn;
use super::lines::{Folds, GroupOf, Head, Line, Okrs, Section};
use super::list_view::Layout;
use super::row::{KeyResultRow, OkrRow};
use crate::components::okr_parts::Progress;
use crate::components::status::{Mark, StatusMark};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::viewport::{between, span_of};
use crate::locale;
use crate::words;

/// How high lines are, in pixels. The style sheet makes them so.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Heights {
    head: f64,
    okr: f64,
    key_result: f64,
}

impl Heights {
    /// One line on a desk, two on a phone; growing with the reader's font size.
    fn now() -> Self {
        let is_phone = window()
            .match_media("(width < 48rem)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches());
        let (head, okr, key_result) = if is_phone {
            (3.0, 5.25, 4.5)
        } else {
            (2.75, 2.75, 2.25)
        };
        let rem = rem();
        Self {
            head: head * rem,
            okr: okr * rem,
            key_result: key_result * rem,
        }
    }

    /// The lower edge of each line of a section, below its head.
    fn ends(self, lines: &[Line]) -> Vec<f64> {
        let mut end = 0.0;
        lines
            .iter()
            .map(|line| {
                end += match line {
                    Line::Okr { .. } => self.okr,
                    Line::KeyResult { .. } => self.key_result,
                };
                end
            })
            .collect()
    }
}

/// The size of the root's font, in pixels.
fn rem() -> f64 {
    let root = document().document_element();
    let style = root.and_then(|root| window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    size.map(|size| js_sys::parse_float(&size))
        .filter(|size| size.is_finite())
        .unwrap_or(16.0)
}

/// A section with where it stands.
#[derive(Clone, PartialEq)]
struct Placed {
    section: Section,
    /// The section's upper edge below that of the first section, in pixels.
    top: f64,
    ends: Arc<Vec<f64>>,
    /// How many rows of the table stand above its first one.
    rows_above: usize,
}

impl Placed {
    fn height(&self, heights: Heights) -> f64 {
        let head = self.section.head.as_ref().map_or(0.0, |_| heights.head);
        head + self.ends.last().copied().unwrap_or(0.0)
    }
}

/// All sections.
#[component]
pub fn Table(
    okrs: Arc<Okrs>,
    sections: Memo<Vec<Section>>,
    folds: RwSignal<Folds>,
    checking_in: CheckingIn,
) -> impl IntoView {
    let address = expect_context::<Address>();
    let heights = RwSignal::new(Heights::now());
    let resized = window_event_listener(ev::resize, move |_| {
        let now = Heights::now();
        if heights.get_untracked() != now {
            heights.set(now);
        }
    });
    on_cleanup(move || resized.remove());
    let placed = Memo::new(move |_| place(sections.get(), heights.get()));
    let row_count = move || {
        placed.with(|placed| {
            let rows = placed.iter().map(|found| found.section.lines.len() + 1);
            1 + rows.sum::<usize>()
        })
    };
    let body = NodeRef::<Div>::new();
    let span = span_of(body);
    let keys = move || -> Vec<Option<GroupOf>> {
        placed.with(|placed| {
            placed
                .iter()
                .map(|found| group_of(&found.section))
                .collect()
        })
    };
    view! {
        <div
            class="okr-table"
            class:tree=move || address.with(|view| view.layout == Layout::Tree)
            role="table"
            aria-label=words::shell().okrs
            aria-rowcount=row_count
            style:--head-height=move || format!("{}px", heights.get().head)
            style:--okr-height=move || format!("{}px", heights.get().okr)
            style:--key-result-height=move || format!("{}px", heights.get().key_result)
        >
            <ColumnHeads okrs=okrs.clone() folds />
            <div node_ref=body role="presentation">
                <For each=keys key=Clone::clone let:group>
                    <SectionRows group placed heights span okrs=okrs.clone() folds checking_in />
                </For>
            </div>
        </div>
    }
}

fn group_of(section: &Section) -> Option<GroupOf> {
    section.head.as_ref().map(|head| head.of.clone())
}

fn place(sections: Vec<Section>, heights: Heights) -> Vec<Placed> {
    let (mut top, mut rows_above) = (0.0, 1);
    let placed = sections.into_iter().map(|section| {
        let ends = Arc::new(heights.ends(&section.lines));
        let placed = Placed {
            section,
            top,
            ends,
            rows_above,
        };
        top += placed.height(heights);
        rows_above += placed.section.lines.len() + usize::from(placed.section.head.is_some());
        placed
    });
    placed.collect()
}

#[component]
fn ColumnHeads(okrs: Arc<Okrs>, folds: RwSignal<Folds>) -> impl IntoView {
    let sentences = words::okrs();
    let is_unfolded = move || !folds.read().unfolded.is_empty();
    let toggle = move |_| {
        folds.update(|folds| {
            if folds.unfolded.is_empty() {
                folds.unfolded = (0..okrs.list.okrs.len()).collect();
            } else {
                folds.unfolded.clear();
            }
        });
    };
    let label = move || match is_unfolded() {
        true => sentences.fold_all,
        false => sentences.unfold_all,
    };
    view! {
        <div role="rowgroup" class="column-heads">
            <div role="row" aria-rowindex="1" class="line">
                <span role="columnheader" class="what">{sentences.objective}</span>
                <span role="columnheader" class="unfold">
                    <button type="button" class="fold" aria-label=label title=label aria-expanded=move || is_unfolded().to_string() on:click=toggle>
                        <Icon shape=Shape::List />
                        <Icon shape=Shape::ChevronDown />
                    </button>
                </span>
                <span role="columnheader" class="who">{sentences.owner}</span>
                <span role="columnheader" class="course">{sentences.course}</span>
                <span role="columnheader" class="how-far">{sentences.progress}</span>
                <span role="columnheader" class="stands">{sentences.status}</span>
                <span role="columnheader" class="score">{sentences.health}</span>
                <span role="columnheader" class="when">{sentences.last_check_in}</span>
            </div>
        </div>
    }
}

#[component]
fn SectionRows(
    group: Option<GroupOf>,
    placed: Memo<Vec<Placed>>,
    heights: RwSignal<Heights>,
    span: Signal<(f64, f64)>,
    okrs: Arc<Okrs>,
    folds: RwSignal<Folds>,
    checking_in: CheckingIn,
) -> impl IntoView {
    let mine = Memo::new(move |_| {
        placed.with(|placed| {
            let mut all = placed.iter();
            all.find(|found| group_of(&found.section) == group).cloned()
        })
    });
    let near = Memo::new(move |_| {
        mine.with(|mine| {
            let Some(mine) = mine else { return 0..0 };
            let head = mine.height(heights.get()) - mine.ends.last().copied().unwrap_or(0.0);
            let (from, to) = span.get();
            let top = mine.top + head;
            between(&mine.ends, from - top, to - top)
        })
    });
    let height =
        move || mine.with(|mine| mine.as_ref().map_or(0.0, |mine| mine.height(heights.get())));
    let before = move || {
        mine.with(|mine| {
            let above = near.get().start.checked_sub(1);
            let end = above.and_then(|above| mine.as_ref()?.ends.get(above).copied());
            end.unwrap_or(0.0)
        })
    };
    let lines = move || {
        mine.with(|mine| {
            let lines = mine
                .as_ref()
                .and_then(|mine| mine.section.lines.get(near.get()));
            lines.map(<[Line]>::to_vec).unwrap_or_default()
        })
    };
    let head = move || mine.with(|mine| mine.as_ref().and_then(|mine| mine.section.head.clone()));
    // The first of its rows, counted from 1 over the whole table.
    let first_row = Memo::new(move |_| {
        mine.with(|mine| {
            let above = mine.as_ref().map_or(0, |mine| {
                mine.rows_above + usize::from(mine.section.head.is_some())
            });
            above + near.get().start + 1
        })
    });
    view! {
        <div role="rowgroup" class="section" style:block-size=move || format!("{}px", height())>
            {move || head().map(|head| view! { <GroupHead head row=Signal::derive(move || first_row.get() - near.get().start - 1) /> })}
            <div role="presentation" style:block-size=move || format!("{}px", before())></div>
            <ForEnumerate
                each=lines
                key=|line| *line
                children=move |index, line| {
                    let row = Signal::derive(move || first_row.get() + index.get());
                    match line {
                        Line::Okr { okr, depth, has_children, is_context } => {
                            view! { <OkrRow okrs=okrs.clone() okr depth has_children is_context row folds checking_in /> }
                                .into_any()
                        }
                        Line::KeyResult { okr, key_result, depth } => {
                            view! { <KeyResultRow okrs=okrs.clone() okr key_result depth row /> }
                                .into_any()
                        }
                    }
                }
            />
        </div>
    }
}

#[component]
fn GroupHead(head: Head, row: Signal<usize>) -> impl IntoView {
    let okrs = words::okrs();
    let worst = head.standings.first();
    let mark = worst.map_or(Mark::NotStarted, |(status, _)| (*status).into());
    let name = match head.of {
        GroupOf::Company => okrs.company.into_any(),
        GroupOf::Nobody => okrs.no_team.into_any(),
        GroupOf::Department(name) | GroupOf::Team(name) => name.into_any(),
        GroupOf::Status(_) => view! { <StatusMark mark /> }.into_any(),
    };
    let standings = head.standings.into_iter().map(|(status, count)| {
        let mark = Mark::from(status);
        view! {
            <span class=format!("flag {}", mark.class()) title=mark.word()>
                <Icon shape=mark.shape() />
                {locale::number(count as f64)}
                <span class="visually-hidden">{mark.word()}</span>
            </span>
        }
    });
    let standings = standings.collect_view();
    view! {
        <div role="row" aria-rowindex=row class="line group-head">
            <div role="rowheader" class="what">
                <h2>{name}</h2>
                <span class="quiet">{(okrs.count)(head.count, head.count)}</span>
            </div>
            <div role="cell" class="how-far">
                <Progress share=head.progress mark />
            </div>
            <div role="cell" class="standings">{standings}</div>
        </div>
    }
}
