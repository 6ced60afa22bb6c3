//! Who one is at the OpenID provider.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use okrs_shared::sign_in::SignInOptions;

use crate::api::{self, Answer};
use crate::components::loaded::Loaded;
use crate::components::ui::submit::{Submission, Submit, SubmitForm};
use crate::fetched::Fetched;
use crate::pages::sign_in::in_words;
use crate::session::session;
use crate::words;

/// Linking with the provider, where there is one.
#[component]
pub fn ProviderSection(
    /// Which ways in there are.
    options: Fetched<Answer<SignInOptions>>,
) -> impl IntoView {
    view! {
        <Loaded from=options skeleton=|| () let:options>
            {options
                .provider
                .map(|provider| view! { <ProviderLink provider has_access=options.access /> })}
        </Loaded>
    }
}

#[component]
fn ProviderLink(
    /// What it is called.
    provider: String,
    /// Whether one may be linked by Cloudflare Access and not by the provider.
    has_access: bool,
) -> impl IntoView {
    let settings = words::settings();
    let is_linked = untrack(|| session().me().is_linked);
    let problem = use_query_map().read_untracked().get("problem");
    let submission = Submission::new();
    let submit = move || {
        submission.send(api::sign_in::leave_to_link(), |there| {
            // Not a page of this app: the browser has to go there.
            let _ = window().location().assign(&there.location);
        });
    };
    let more = match is_linked {
        true => settings.linked,
        false => settings.not_linked,
    };
    view! {
        <section aria-labelledby="provider-title">
            <h2 id="provider-title">{settings.provider}</h2>
            {problem
                .map(|code| {
                    view! {
                        <p class="notice off-track" role="alert">
                            {in_words(&code)}
                        </p>
                    }
                })}
            <p class="quiet">{(more)(&provider)}</p>
            <Show when=move || !is_linked || has_access>
                <SubmitForm submission submit>
                    <div>
                        <Submit submission label=settings.link />
                    </div>
                </SubmitForm>
            </Show>
        </section>
    }
}
