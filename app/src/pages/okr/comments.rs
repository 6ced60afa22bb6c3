//! What people say about an OKR.

use std::sync::Arc;

use leptos::prelude::*;
use okrs_shared::comment::{Comment, CommentPatch, NewComment};
use okrs_shared::okr_detail::ListedOkr;
use okrs_shared::permission::Action;
use okrs_shared::validation::Body as _;

use crate::api::kept::KeptWrite;
use crate::api::{self, Answer, Problem};
use crate::components::loaded::Loaded;
use crate::components::markdown::Markdown;
use crate::components::mention_area::MentionArea;
use crate::components::mentions::{readable, written};
use crate::components::okr_parts::ChangedLater;
use crate::components::ui::dialog::{Answers, Dialog};
use crate::components::ui::focus::focus_next;
use crate::components::ui::submit::{Submission, Submit, SubmitForm};
use crate::components::ui::toast::toasts;
use crate::drafts;
use crate::fetched::Fetched;
use crate::locale;
use crate::outbox::{Parcel, Standing, outbox};
use crate::session::session;
use crate::tried::new_key;
use crate::words;

/// The id of the field for a new comment.
const FIELD: &str = "text";

type Comments = Fetched<Answer<Vec<Comment>>>;

/// All comments on an OKR, oldest first, and room for one's own.
#[component]
pub fn Comments(okr: Arc<ListedOkr>) -> impl IntoView {
    let words = words::okr();
    let id = okr.id.to_string();
    let comments = Fetched::new(move || {
        let id = id.clone();
        async move { api::comments::list(&id).await }
    });
    let may_comment = okr.may.contains(&Action::Comment);
    let (okr_id, title) = (okr.id.to_string(), okr.title.clone());
    let okr = StoredValue::new((okr_id, title));
    view! {
        <section class="comments" aria-labelledby="comments-title">
            <h2 id="comments-title">{words.comments}</h2>
            <Loaded from=comments skeleton=|| view! { <span class="bone"></span> } let:all>
                {if all.is_empty() {
                    view! { <p class="quiet">{words.no_comments}</p> }.into_any()
                } else {
                    all.into_iter()
                        .map(|comment| view! { <CommentRow comment comments /> })
                        .collect_view()
                        .into_any()
                }}
            </Loaded>
            <Show when=move || may_comment>
                <Unsent okr comments />
                <WriteComment okr />
            </Show>
        </section>
    }
}

/// What is said on this OKR and not among its comments yet.
#[component]
fn Unsent(okr: StoredValue<(String, String)>, comments: Comments) -> impl IntoView {
    let (outbox, me, home) = (outbox(), session().me(), words::home());
    let posted = Memo::new(move |_| okr.with_value(|(id, _)| outbox.about(id)));
    outbox.when_recorded(
        move || okr.with_value(|(id, _)| id.clone()),
        move || comments.refetch(),
    );
    let is_listed = move |made: &str| match &*comments.read() {
        Some(Ok(all)) => all.iter().any(|comment| comment.id.as_str() == made),
        _ => false,
    };
    let rows = move || {
        let posted = posted.get().into_iter();
        let unsent = posted.filter(|(_, standing)| match standing {
            Standing::Refused(_) | Standing::Done(None) => false,
            Standing::Done(Some(id)) => !is_listed(id),
            _ => true,
        });
        unsent
            .map(|(parcel, standing)| {
                let why = match standing {
                    Standing::Kept(Problem::Offline) => {
                        Some((home.kept)(words::okr().this_comment))
                    }
                    Standing::Kept(_) => Some((home.kept_for_now)(words::okr().this_comment)),
                    _ => None,
                };
                view! {
                    <article class="comment-row">
                        <p class="history-what">
                            <strong>{me.name.clone()}</strong>
                            <span role="status">{why}</span>
                        </p>
                        <div class="comment"><Markdown text=parcel.value /></div>
                    </article>
                }
            })
            .collect_view()
    };
    view! { {rows} }
}

#[component]
fn WriteComment(okr: StoredValue<(String, String)>) -> impl IntoView {
    let (outbox, session) = (outbox(), session());
    let (okr_id, title) = okr.get_value();
    let place = format!("comment:{okr_id}");
    let (text, mentioned) = readable(&drafts::read(&place).unwrap_or_default());
    let (text, mentioned) = (RwSignal::new(text), RwSignal::new(mentioned));
    {
        let place = place.clone();
        Effect::new(move || drafts::write(&place, &written(&text.read(), &mentioned.read())));
    }
    let submission = Submission::new();
    let posted = RwSignal::new(None::<(String, String)>);
    let submit = move || {
        let said = written(&text.read_untracked(), &mentioned.read_untracked());
        let body = NewComment {
            text: said.clone().into(),
            key_result_id: None,
        };
        if let Err(invalid) = body.validate() {
            return submission.refuse(Problem::from(invalid));
        }
        submission.accept();
        let key = new_key();
        posted.set(Some((key.clone(), said.clone())));
        outbox.post(Parcel::new(
            (key, untrack(|| session.me().id)),
            (okr_id.clone(), title.clone(), said.clone()),
            KeptWrite::comment(&okr_id, &body),
            vec![(place.clone(), said)],
        ));
        text.set(String::new());
        // The button goes with the words.
        focus_next(FIELD.to_owned());
    };
    Effect::new(move || {
        let Some((key, said)) = posted.get() else {
            return;
        };
        if let Standing::Refused(problem) = outbox.standing(&key) {
            posted.set(None);
            outbox.give_back(&key);
            // Something else may be typed by now.
            let now = written(&text.read_untracked(), &mentioned.read_untracked());
            let (all, whom) = readable(format!("{said}\n\n{now}").trim_end());
            mentioned.set(whom);
            text.set(all);
            submission.refuse(problem);
        }
    });
    view! {
        <SubmitForm submission submit class="form comment-form">
            <MentionArea name=FIELD label=words::okr().write_comment value=text mentioned />
            <Show when=move || !text.read().trim().is_empty()>
                <Submit submission label=words::okr().comment />
            </Show>
        </SubmitForm>
    }
}

#[component]
fn CommentRow(comment: Comment, comments: Comments) -> impl IntoView {
    let is_editing = RwSignal::new(false);
    let at = comment.created_at.to_string();
    let edited = comment.edited_at.map(|at| {
        view! { <ChangedLater at says=words::okr().edited /> }
    });
    let author = comment.author.clone();
    let comment = StoredValue::new(comment);
    view! {
        <article class="comment-row">
            <p class="history-what">
                <strong>{author}</strong>
                <time datetime=at.clone() title=locale::instant(&at)>{locale::ago(&at)}</time>
                {edited}
            </p>
            <Show
                when=move || is_editing.get()
                fallback=move || {
                    view! {
                        <div class="comment"><Markdown text=comment.with_value(|comment| comment.text.clone()) /></div>
                        <CommentActions comment is_editing comments />
                    }
                }
            >
                <ChangeComment comment is_editing comments />
            </Show>
        </article>
    }
}

#[component]
fn CommentActions(
    comment: StoredValue<Comment>,
    is_editing: RwSignal<bool>,
    comments: Comments,
) -> impl IntoView {
    let common = words::common();
    let may = move |action| comment.with_value(|comment| comment.may.contains(&action));
    let is_deleting = RwSignal::new(false);
    view! {
        <p class="comment-actions">
            <Show when=move || may(Action::ChangeComment)>
                <button type="button" class="link" id=edit_id(comment) on:click=move |_| is_editing.set(true)>
                    {common.edit}
                </button>
            </Show>
            <Show when=move || may(Action::DeleteComment)>
                <button type="button" class="link" on:click=move |_| is_deleting.set(true)>
                    {common.delete}
                </button>
            </Show>
        </p>
        <Show when=move || is_deleting.get()>
            <DeleteComment comment is_deleting comments />
        </Show>
    }
}

/// The id of the button that changes a comment.
fn edit_id(comment: StoredValue<Comment>) -> String {
    comment.with_value(|comment| format!("edit-{}", comment.id))
}

/// It can't be brought back, so this asks.
#[component]
fn DeleteComment(
    comment: StoredValue<Comment>,
    is_deleting: RwSignal<bool>,
    comments: Comments,
) -> impl IntoView {
    let words = words::okr();
    let toasts = toasts();
    let submission = Submission::new();
    let submit = move || {
        let id = comment.with_value(|comment| comment.id.clone());
        let request = async move { api::comments::delete(&id).await };
        submission.send(request, move |()| {
            is_deleting.set(false);
            toasts.say(words.comment_deleted);
            focus_next(FIELD.to_owned());
            comments.refetch();
        });
    };
    view! {
        <Dialog title=words.delete_comment on_close=Callback::new(move |()| is_deleting.set(false))>
            <p>{words.delete_comment_more}</p>
            <SubmitForm submission submit class="">
                <Answers submission label=words::common().delete class="danger" />
            </SubmitForm>
        </Dialog>
    }
}

#[component]
fn ChangeComment(
    comment: StoredValue<Comment>,
    is_editing: RwSignal<bool>,
    comments: Comments,
) -> impl IntoView {
    let (id, text) = comment.with_value(|comment| (comment.id.clone(), comment.text.clone()));
    let end = move || {
        is_editing.set(false);
        focus_next(edit_id(comment));
    };
    let name = format!("comment-{id}");
    let (text, mentioned) = readable(&text);
    let (text, mentioned) = (RwSignal::new(text), RwSignal::new(mentioned));
    let submission = Submission::new();
    let submit = move || {
        let id = id.clone();
        let body = CommentPatch {
            text: written(&text.read_untracked(), &mentioned.read_untracked()).into(),
        };
        let request = async move |body| api::comments::update(&id, &body).await;
        submission.submit(body, request, move |_| {
            end();
            comments.refetch();
        });
    };
    view! {
        <SubmitForm submission submit class="form comment-form">
            <MentionArea name label=words::okr().comment value=text mentioned autofocus=true />
            <div class="page-action">
                <button type="button" class="button plain" on:click=move |_| end()>
                    {words::common().cancel}
                </button>
                <Submit submission label=words::common().save />
            </div>
        </SubmitForm>
    }
}
