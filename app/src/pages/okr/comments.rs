//! What people say about an OKR.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::comment::{Comment, CommentPatch, NewComment};
use okrs_shared::okr_detail::ListedOkr;
use okrs_shared::permission::Action;
use okrs_shared::validation::Body as _;
use web_sys::SubmitEvent;

use crate::api::{self, Answer, Problem};
use crate::components::loaded::Loaded;
use crate::components::markdown::Markdown;
use crate::components::mention_area::MentionArea;
use crate::components::mentions::{Mentioned, readable, written};
use crate::components::ui::submit::{Submission, Submit};
use crate::components::ui::toast::toasts;
use crate::locale;
use crate::words::words;

type Comments = LocalResource<Answer<Vec<Comment>>>;

/// All of them, oldest first, and room for one's own.
#[component]
pub fn Comments(okr: Arc<ListedOkr>) -> impl IntoView {
    let words = &words().okr;
    let id = okr.id.to_string();
    let comments = LocalResource::new(move || {
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
    let text = RwSignal::new(String::new());
    let mentioned = RwSignal::new(Mentioned::new());
    let submission = Submission::new(&["text"]);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let okr_id = okr_id.clone();
        let body = NewComment {
            text: written(&text.read_untracked(), &mentioned.read_untracked()),
            key_result_id: None,
        };
        if let Err(invalid) = body.validate() {
            submission.refuse(Problem::from(invalid));
            return;
        }
        let request = async move { api::comments::create(&okr_id, &body).await };
        submission.send(request, move |_| {
            text.set(String::new());
            comments.refetch();
        });
    };
    view! {
        <form class="form comment-form" on:submit=submit>
            <MentionArea name="text" label=words().okr.write_comment value=text mentioned error=submission.error_of("text") />
            <Show when=move || !text.read().trim().is_empty()>
                <Submit submission label=words().okr.comment />
            </Show>
        </form>
    }
}

#[component]
fn CommentRow(comment: Comment, comments: Comments) -> impl IntoView {
    let is_editing = RwSignal::new(false);
    let at = comment.created_at.to_string();
    let edited = comment.edited_at.map(|at| {
        view! { <span class="corrected" title=locale::instant(&at.to_string())>{words().okr.edited}</span> }
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
    let common = &words().common;
    let may = move |action| comment.with_value(|comment| comment.may.contains(&action));
    let toasts = toasts();
    let delete = move |_| {
        let id = comment.with_value(|comment| comment.id.clone());
        spawn_local(async move {
            match api::comments::delete(&id).await {
                Ok(()) => toasts.say(words().okr.comment_deleted),
                Err(problem) => toasts.say(problem.in_words()),
            }
            comments.refetch();
        });
    };
    view! {
        <p class="comment-actions">
            <Show when=move || may(Action::ChangeComment)>
                <button type="button" class="link" on:click=move |_| is_editing.set(true)>
                    {common.edit}
                </button>
            </Show>
            <Show when=move || may(Action::DeleteComment)>
                <button type="button" class="link" on:click=delete>
                    {common.delete}
                </button>
            </Show>
        </p>
    }
}

#[component]
fn ChangeComment(
    comment: StoredValue<Comment>,
    is_editing: RwSignal<bool>,
    comments: Comments,
) -> impl IntoView {
    let (id, text) = comment.with_value(|comment| (comment.id.clone(), comment.text.clone()));
    let name = format!("comment-{id}");
    let (text, mentioned) = readable(&text);
    let (text, mentioned) = (RwSignal::new(text), RwSignal::new(mentioned));
    let submission = Submission::new(&["text"]);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let id = id.clone();
        let body = CommentPatch {
            text: written(&text.read_untracked(), &mentioned.read_untracked()),
        };
        if let Err(invalid) = body.validate() {
            submission.refuse(Problem::from(invalid));
            return;
        }
        let request = async move { api::comments::update(&id, &body).await };
        submission.send(request, move |_| comments.refetch());
    };
    view! {
        <form class="form comment-form" on:submit=submit>
            <MentionArea name label=words().okr.comment value=text mentioned error=submission.error_of("text") />
            <div class="page-action">
                <button type="button" class="button plain" on:click=move |_| is_editing.set(false)>
                    {words().common.cancel}
                </button>
                <Submit submission label=words().common.save />
            </div>
        </form>
    }
}
