//! Where a list comes from: a file, whose letters may have been written in several ways, or pasted cells.

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::table::{Encoding, is_workbook};
use strum::VariantArray as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement, TextDecoder};

use crate::components::ui::choice::{Choice, option, parsed};
use crate::components::ui::text_area::TextArea;
use crate::words;

/// What was chosen or pasted last.
#[derive(Clone, Copy)]
pub struct Source {
    /// The file's bytes, if it is a file whose letters nobody knows.
    unsure: RwSignal<Option<Vec<u8>>>,
    encoding: RwSignal<String>,
    text: RwSignal<String>,
    problem: RwSignal<Option<&'static str>>,
}

impl Source {
    /// Nothing yet.
    pub fn new() -> Self {
        let source = Self {
            unsure: RwSignal::new(None),
            encoding: RwSignal::new(option(Encoding::Windows1252, "").0),
            text: RwSignal::default(),
            problem: RwSignal::new(None),
        };
        // Another way of writing gives other letters.
        Effect::new(move || {
            let encoding = parsed(&source.encoding.read());
            if let (Some(bytes), Some(encoding)) = (&*source.unsure.read(), encoding) {
                source
                    .text
                    .set(decoded(bytes, encoding).unwrap_or_default());
            }
        });
        source
    }

    /// What is to be read.
    pub fn text(self) -> Signal<String> {
        self.text.into()
    }

    /// Begins anew.
    pub fn clear(self) {
        self.unsure.set(None);
        self.problem.set(None);
        self.text.set(String::new());
    }

    async fn read(self, file: File) {
        self.clear();
        let bytes = JsFuture::from(file.array_buffer()).await;
        let Ok(bytes) = bytes.map(|bytes| Uint8Array::new(&bytes).to_vec()) else {
            return self.fails(words::import_people().is_not_read);
        };
        if is_workbook(&bytes) {
            return self.fails(words::import_people().is_workbook);
        }
        match Encoding::of(&bytes) {
            Some(encoding) => {
                self.text
                    .try_set(decoded(&bytes, encoding).unwrap_or_default());
            }
            None => {
                self.unsure.try_set(Some(bytes));
            }
        }
    }

    fn fails(self, problem: &'static str) {
        // The page may be gone by now.
        self.problem.try_set(Some(problem));
    }
}

fn decoded(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let decoder = TextDecoder::new_with_label(encoding.label()).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

/// A file or cells; and how the file is written, if that can't be known.
#[component]
pub fn SourceFields(source: Source) -> impl IntoView {
    let words = words::import_people();
    let choose = move |input: HtmlInputElement| {
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            spawn_local(source.read(file));
        }
    };
    let ways = Encoding::VARIANTS
        .iter()
        .filter(|way| **way != Encoding::Utf8);
    let ways = ways.map(|way| option(way, way.label())).collect::<Vec<_>>();
    let is_unsure = Memo::new(move |_| source.unsure.read().is_some());
    view! {
        <div class="import-source">
            <div class="field">
                <label for="import-file">{words.file}</label>
                <input
                    id="import-file"
                    type="file"
                    accept=".csv,.tsv,.tab,.txt,text/csv,text/tab-separated-values,text/plain"
                    aria-describedby="import-file-hint"
                    on:change:target=move |event| choose(event.target())
                />
                <p class="field-hint" id="import-file-hint">{words.file_hint}</p>
            </div>
            <div>
                <TextArea name="import-cells" label=words.cells value=source.text />
                <p class="field-hint">{words.cells_hint}</p>
            </div>
            <div role="alert">
                {move || source.problem.get().map(|problem| view! { <p class="notice at-risk">{problem}</p> })}
            </div>
            <Show when=move || is_unsure.get()>
                <Choice name="encoding" label=words.encoding hint=words.encoding_hint value=source.encoding options=ways.clone() />
            </Show>
        </div>
    }
}
