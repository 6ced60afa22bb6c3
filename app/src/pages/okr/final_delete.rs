//! Asking before something is deleted that can't be brought back.

use leptos::prelude::*;
use web_sys::SubmitEvent;

use crate::components::ui::dialog::{Answers, Dialog};
use crate::components::ui::submit::Submission;
use crate::words;

/// As long as it is open.
#[component]
pub fn FinalDelete(title: String, is_open: RwSignal<bool>, delete: Callback<()>) -> impl IntoView {
    let hosted = words::hosted();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        is_open.set(false);
        delete.run(());
    };
    view! {
        <Dialog title=(hosted.delete_title)(&title) on_close=Callback::new(move |()| is_open.set(false))>
            <p>{hosted.delete_more}</p>
            <form on:submit=submit>
                <Answers submission=Submission::new(&[]) label=hosted.delete class="danger" />
            </form>
        </Dialog>
    }
}
