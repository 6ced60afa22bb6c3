//! Changing one's password, or setting the first one.

use leptos::prelude::*;
use okrs_shared::sign_in::PasswordChange;

use crate::api;
use crate::components::ui::field::Field;
use crate::components::ui::submit::{Submission, Submit, SubmitForm};
use crate::components::ui::toast::toasts;
use crate::session::session;
use crate::words;

/// Asks for the current password only of those who have one.
#[component]
pub fn PasswordForm() -> impl IntoView {
    let (session, has_password) = (session(), Memo::new(|_| session().me().has_password));
    let settings = words::settings();
    let toasts = toasts();
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submission = Submission::new();
    let submit = move || {
        let fields = [("current_password", current), ("new_password", new)];
        // The first password needs no current one.
        let first = usize::from(!has_password.get_untracked());
        if !submission.has_all(&fields[first..]) {
            return;
        }
        let body = PasswordChange {
            current_password: current.get_untracked(),
            new_password: new.get_untracked(),
        };
        let request = async move |body| api::me::change_password(&body).await;
        submission.submit(body, request, move |()| {
            current.set(String::new());
            new.set(String::new());
            let me = untrack(|| session.me());
            session.set(okrs_shared::sign_in::Me {
                has_password: true,
                ..me
            });
            toasts.say(settings.password_changed);
        });
    };
    let more = move || match has_password.get() {
        true => settings.password_more,
        false => settings.first_password_more,
    };
    let label = Signal::derive(move || match has_password.get() {
        true => settings.change_password,
        false => settings.set_password,
    });
    view! {
        <p class="quiet">{more}</p>
        <SubmitForm submission submit>
            // So that a password manager knows whose password it is.
            <input type="hidden" name="email" autocomplete="username" prop:value=move || session.me().email />
            <Show when=move || has_password.get()>
                <Field name="current_password" label=settings.current_password kind="password" autocomplete="current-password" value=current />
            </Show>
            <Field name="new_password" label=settings.new_password hint=words::sign_in().password_hint kind="password" autocomplete="new-password" value=new />
            <div>
                {move || view! { <Submit submission label=label.get() /> }}
            </div>
        </SubmitForm>
    }
}
