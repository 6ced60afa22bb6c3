//! Asking before something is deleted that can't be brought back.

use leptos::prelude::*;

use crate::components::ui::dialog::{Answers, Dialog};
use crate::components::ui::submit::{Submission, SubmitForm};
use crate::words;

/// As long as it is open.
#[component]
pub fn FinalDelete(title: String, is_open: RwSignal<bool>, delete: Callback<()>) -> impl IntoView {
    let hosted = words::hosted();
    let submission = Submission::new();
    let submit = move || {
        is_open.set(false);
        delete.run(());
    };
    view! {
        <Dialog title=(hosted.delete_title)(&title) on_close=Callback::new(move |()| is_open.set(false))>
            <p>{hosted.delete_more}</p>
            <SubmitForm submission submit class="">
                <Answers submission label=hosted.delete class="danger" />
            </SubmitForm>
        </Dialog>
    }
}
