//! People whom only the hosted service knows, and which members they are.

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::id::MemberId;
use okrs_shared::upstream::{HostedPerson, PersonLink};

use crate::api;
use crate::components::loaded::Loaded;
use crate::components::ui::choice::{Options, with_none};
use crate::components::ui::toast::toasts;
use crate::fetched::Fetched;
use crate::session::session;
use crate::words;

/// A line for each, if there are any.
#[component]
pub fn HostedPeople() -> impl IntoView {
    let people = Fetched::new(async || {
        let people = api::hosted::people().await?;
        let directory = api::members::directory().await?;
        let members = directory.members.into_iter();
        let members = members.filter(|member| member.disabled_at.is_none());
        let members: Options = members
            .map(|member| (member.id.to_string(), member.name))
            .collect();
        Ok((people, with_none(words::hosted().nobody_here, members)))
    });
    let changed = Callback::new(move |()| people.refetch());
    view! {
        <Loaded from=people skeleton=|| () let:found>
            <Everybody people=found.0 members=found.1 changed />
        </Loaded>
    }
}

#[component]
fn Everybody(people: Vec<HostedPerson>, members: Options, changed: Callback<()>) -> impl IntoView {
    let hosted = words::hosted();
    (!people.is_empty()).then(|| {
        let rows = people.into_iter().map(|person| {
            view! { <Row person members=members.clone() changed /> }
        });
        view! {
            <section class="hosted-part" aria-labelledby="hosted-people-title">
                <h2 id="hosted-people-title">{hosted.people}</h2>
                <p class="lead">{hosted.people_more}</p>
                <table class="settings-table">
                    <thead>
                        <tr>
                            <th scope="col">{hosted.there}</th>
                            <th scope="col">{hosted.owns}</th>
                            <th scope="col">{hosted.here}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </section>
        }
    })
}

#[component]
fn Row(person: HostedPerson, members: Options, changed: Callback<()>) -> impl IntoView {
    let hosted = words::hosted();
    let (session, toasts) = (session(), toasts());
    let id = person.id.clone();
    let name = person.name.clone();
    let before = person.member_id.as_ref().map(MemberId::to_string);
    let before = before.unwrap_or_default();
    let value = RwSignal::new(before.clone());
    let called = members.clone();
    let choose = move |chosen: String| {
        value.set(chosen.clone());
        let (id, name, before) = (id.clone(), name.clone(), before.clone());
        let member = called
            .iter()
            .find(|(id, _)| *id == chosen && !chosen.is_empty());
        let member = member.map(|(id, called)| (MemberId::from(id.as_str()), called.clone()));
        spawn_local(async move {
            let (answer, said) = match member {
                Some((member_id, called)) => {
                    let link = PersonLink { member_id };
                    let said = (hosted.linked)(&name, &called);
                    (api::hosted::link(&id, &link).await, said)
                }
                None => (api::hosted::unlink(&id).await, (hosted.unlinked)(&name)),
            };
            match answer {
                Ok(()) => {
                    toasts.say(said);
                    changed.run(());
                }
                Err(problem) => {
                    session.notice(&problem);
                    value.try_set(before);
                    toasts.say(problem.in_words());
                }
            }
        });
    };
    let options = members.into_iter().map(|(id, called)| {
        let is_chosen = {
            let id = id.clone();
            move || value.get() == id
        };
        view! {
            <option value=id prop:selected=is_chosen>
                {called}
            </option>
        }
    });
    let label = (hosted.who_is)(&person.name);
    let owns = match person.example {
        Some(example) => (hosted.owns_such_as)(person.owns, &example),
        None => hosted.nothing.to_owned(),
    };
    view! {
        <tr>
            <th scope="row">{person.name}</th>
            <td data-label=hosted.owns>{owns}</td>
            <td data-label=hosted.here>
                <select class="inline-choice" aria-label=label on:change:target=move |event| choose(event.target().value())>
                    {options.collect_view()}
                </select>
            </td>
        </tr>
    }
}
