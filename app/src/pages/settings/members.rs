//! The people of the workspace, for those who look after them.

mod decisions;
mod enable;
mod invite;
mod link;
mod menu;
mod row;
mod toolbar;
mod view;

use leptos::html::H1;
use leptos::prelude::*;
use leptos_meta::Title;
use okrs_shared::member::{Directory, Link, Member};
use okrs_shared::permission::{Action, Role};

use self::decisions::{DemoteDialog, DisableDialog, UnlinkDialog};
pub use self::enable::EnableButton;
use self::invite::InvitePanel;
use self::link::LinkDialog;
use self::row::{MemberRow, Place};
use self::toolbar::Toolbar;
use self::view::PeopleView;
use super::sessions::RowBones;
use crate::api;
use crate::components::loaded::{Loaded, NotFound};
use crate::components::ui::address::{Address, provide_address};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;
use crate::fetched::Fetched;
use crate::paths;
use crate::session::session;
use crate::words;

/// What is asked or shown in a dialog.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Disable(Member),
    Unlink(Member),
    /// Who holds keys is to have this role, which the list of roles shows already.
    Demote(Member, Role, RwSignal<String>),
    /// What the link is for, and the link.
    Show(String, Link),
}

/// Everybody, and inviting more.
#[component]
pub fn MembersPage() -> impl IntoView {
    if !untrack(|| session().may(Action::ManageMembers)) {
        return view! { <NotFound /> }.into_any();
    }
    let members = words::members();
    let directory = Fetched::new(api::members::directory);
    let heading = NodeRef::<H1>::new();
    let is_inviting = RwSignal::new(paths::asks_for_new());
    let step = RwSignal::new(None::<Step>);
    provide_address::<PeopleView>();
    use_shortcut("n", move || is_inviting.set(true));
    let changed = Callback::new(move |()| {
        directory.refetch();
        // The button that had the focus may be gone with its row.
        if let Some(heading) = heading.get_untracked() {
            let _ = heading.focus();
        }
    });
    view! {
        <Title text=members.title />
        <div class="page-head">
            <h1 node_ref=heading tabindex="-1">{members.title}</h1>
            <div class="page-action members-action">
                <a class="button" href=paths::IMPORT_PEOPLE>
                    {members.import}
                </a>
                <button type="button" class="button primary" title="N" on:click=move |_| is_inviting.set(true)>
                    <Icon shape=Shape::Plus />
                    {members.invite}
                </button>
            </div>
        </div>
        <Loaded from=directory skeleton=|| view! { <RowBones /> } let:directory>
            <People directory=directory.clone() step changed />
            <InvitePanel is_open=is_inviting directory step changed />
        </Loaded>
        <Steps step changed />
    }
    .into_any()
}

#[component]
fn Steps(step: RwSignal<Option<Step>>, changed: Callback<()>) -> impl IntoView {
    let close = Callback::new(move |()| step.set(None));
    move || {
        Some(match step.get()? {
            Step::Disable(member) => view! { <DisableDialog member close changed /> }.into_any(),
            Step::Unlink(member) => view! { <UnlinkDialog member close changed /> }.into_any(),
            Step::Demote(member, role, shown) => {
                let before = member.role;
                let close = Callback::new(move |()| {
                    shown.try_set(before.as_str().to_owned());
                    step.set(None);
                });
                view! { <DemoteDialog member role close changed /> }.into_any()
            }
            Step::Show(title, link) => view! { <LinkDialog title link close changed /> }.into_any(),
        })
    }
}

#[component]
fn People(
    directory: Directory,
    step: RwSignal<Option<Step>>,
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::members();
    let address = expect_context::<Address<PeopleView>>();
    let rows: Vec<(Member, Place)> = directory
        .members
        .iter()
        .map(|member| (member.clone(), Place::of(member, &directory)))
        .collect();
    let found = Memo::new(move |_| {
        let found = rows
            .iter()
            .filter(|(member, place)| address.with(|view| view.shows(member, place)));
        found.cloned().collect::<Vec<_>>()
    });
    let count = Memo::new(move |_| found.read().len());
    view! {
        <Toolbar directory found=count />
        <Show
            when=move || count.get() != 0
            fallback=move || {
                view! {
                    <div class="empty">
                        <h2>{words.nobody_title}</h2>
                        <p>{words.nobody_more}</p>
                    </div>
                }
            }
        >
            <table class="settings-table">
                <thead>
                    <tr>
                        <th scope="col">{words.person}</th>
                        <th scope="col">{words.role}</th>
                        <th scope="col">{words.teams}</th>
                        <th scope="col">{words.state}</th>
                        <th scope="col">{words.last_seen}</th>
                        <th scope="col">{words.api_keys}</th>
                        <th scope="col"><span class="visually-hidden">{words.actions}</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || found.get() key=|row| row.0.id.clone() let:row>
                        <MemberRow member=row.0 place=row.1 step changed />
                    </For>
                </tbody>
            </table>
        </Show>
    }
}
