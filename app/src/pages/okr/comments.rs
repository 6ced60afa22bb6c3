//! What people say about an OKR.

use std::sync::Arc;

use leptos::prelude::*;
use okrs_shared::comment::{Comment, CommentPatch, NewComment};
use okrs_shared::okr_detail::ListedOkr;
use okrs_shared::permission::Action;

use crate::api::{self, Answer};
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
use crate::tried::Tried;
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
    let okr_id = StoredValue::new(okr.id.to_string());
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
                <WriteComment okr_id=okr_id.get_value() comments />
            </Show>
        </section>
    }
}

#[component]
fn WriteComment(okr_id: String, comments: Comments) -> impl IntoView {
    let place = format!("comment:{okr_id}");
    let (text, mentioned) = readable(&drafts::read(&place).unwrap_or_default());
    let (text, mentioned) = (RwSignal::new(text), RwSignal::new(mentioned));
    Effect::new(move || drafts::write(&place, &written(&text.read(), &mentioned.read())));
    let (submission, tried) = (Submission::new(), Tried::default());
    let submit = move || {
        let okr_id = okr_id.clone();
        let body = NewComment {
            text: written(&text.read_untracked(), &mentioned.read_untracked()).into(),
            key_result_id: None,
        };
        let request = async move |body| {
            let key = tried.key(&body);
            api::comments::create(&okr_id, &body, &key).await
        };
        submission.submit(body, request, move |_| {
            tried.forget();
            text.set(String::new());
            // The button goes with the words.
            focus_next(FIELD.to_owned());
            comments.refetch();
        });
    };
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
