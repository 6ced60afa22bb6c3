//! Components by themselves, in a browser: what one sees, and what keys and clicks do.

mod number_fields;

use chrono::NaiveDate;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use okrs_shared::validation::Invalid;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Event, EventInit, HtmlElement, KeyboardEvent, KeyboardEventInit};

use crate::components::chart::plot::Plot;
use crate::components::chart::{Chart, Reading};
use crate::components::markdown::Markdown;
use crate::components::sparkline::Sparkline;
use crate::components::status::{Mark, StatusMark};
use crate::components::ui::field::Field;
use crate::components::ui::panel::{ClosePanel, Panel};
use crate::components::ui::submit::Submission;
use crate::components::ui::toast::{ToastRows, Toasts};
use crate::locale;
use crate::measure::Measure;

wasm_bindgen_test_configure!(run_in_browser);

/// A component in an element of the page, which goes with this.
struct Stage {
    element: HtmlElement,
    _mounted: Box<dyn std::any::Any>,
}

impl Stage {
    fn of<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Self {
        let element: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&element).unwrap();
        let mounted = mount_to(element.clone(), view);
        Self {
            element,
            _mounted: Box::new(mounted),
        }
    }

    fn find(&self, selector: &str) -> HtmlElement {
        let found = self.element.query_selector(selector).unwrap();
        found
            .unwrap_or_else(|| panic!("no {selector} in {}", self.element.inner_html()))
            .unchecked_into()
    }

    fn count(&self, selector: &str) -> u32 {
        self.element.query_selector_all(selector).unwrap().length()
    }

    fn text(&self) -> String {
        self.element.text_content().unwrap_or_default()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.element.remove();
    }
}

fn press(element: &Element, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    element.dispatch_event(&event).unwrap();
}

fn fire(element: &Element, event: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = Event::new_with_event_init_dict(event, &init).unwrap();
    element.dispatch_event(&event).unwrap();
}

fn october(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, day).unwrap()
}

#[wasm_bindgen_test]
fn a_status_is_an_icon_and_a_word() {
    let stage = Stage::of(|| view! { <StatusMark mark=Mark::AtRisk /> });
    assert_eq!(stage.text(), "At risk");
    assert_eq!(stage.count("svg[aria-hidden=true]"), 1);
}

#[wasm_bindgen_test]
fn a_sparkline_says_what_it_shows_and_one_value_is_none() {
    let stage = Stage::of(|| view! { <Sparkline values=vec![1.0, 3.0, 2.0] ideal=None /> });
    let label = stage
        .find("svg[role=img]")
        .get_attribute("aria-label")
        .unwrap();
    assert!(label.contains('3'), "{label}");
    let alone = Stage::of(|| view! { <Sparkline values=vec![1.0] ideal=None /> });
    assert_eq!(alone.count("svg"), 0);
}

#[wasm_bindgen_test]
async fn a_field_takes_the_focus_and_shows_its_error_to_everybody() {
    let value = RwSignal::new(String::new());
    let submission = Submission::new();
    let stage = Stage::of(move || {
        provide_context(submission);
        view! { <Field name="weight" label="Weight" value autofocus=true /> }
    });
    tick().await;
    let input: web_sys::HtmlInputElement = stage.find("input").unchecked_into();
    assert_eq!(document().active_element().as_ref(), Some(input.as_ref()));
    input.set_value("many");
    fire(&input, "input");
    assert_eq!(value.get_untracked(), "many");
    submission.refuse(Invalid::field("weight", "must be a number").into());
    tick().await;
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    let described_by = input.get_attribute("aria-describedby").unwrap();
    assert_eq!(
        stage
            .find(&format!("#{described_by}"))
            .text_content()
            .unwrap(),
        "must be a number"
    );
}

#[wasm_bindgen_test]
async fn the_arrow_keys_read_a_chart_and_its_table_has_the_same() {
    let plot = Plot {
        start: 0.0,
        target: 10.0,
        days: (october(1), october(31)),
        today: october(20),
        ideal_today: 6.0,
        speed: Some(0.2),
        points: vec![(october(5), 2.0), (october(12), 4.0)],
        old_targets: vec![(october(8), 8.0)],
    };
    let reading = |day: &str, value: &str| Reading {
        day: day.into(),
        value: value.into(),
        said: Some("On track"),
        author: None,
        comment: None,
    };
    let readings = vec![reading("5 Oct", "2"), reading("12 Oct", "4")];
    let moved = Reading {
        said: Some("Target moved"),
        comment: Some("We can do more".into()),
        ..reading("8 Oct", "8 → 10")
    };
    let stage = Stage::of(move || {
        view! {
            <div style="width: 600px">
                <Chart plot measure=Measure::Percent summary="Two check-ins.".into() readings moves=vec![moved] />
            </div>
        }
    });
    // The browser measures how wide it may be.
    until(|| stage.count("svg") == 1).await;
    let said = || stage.find(".chart-said").text_content().unwrap();
    assert_eq!(said(), "12 Oct: 4 · On track");
    press(&stage.find("svg"), "Home");
    tick().await;
    assert_eq!(said(), "5 Oct: 2 · On track");
    press(&stage.find("svg"), "ArrowRight");
    tick().await;
    assert_eq!(said(), "8 Oct: 8 → 10 · Target moved · We can do more");
    assert_eq!(stage.find("circle.moved").get_attribute("r").unwrap(), "5");
    press(&stage.find("svg"), "ArrowRight");
    tick().await;
    assert_eq!(said(), "12 Oct: 4 · On track");
    let rows = stage.find("table tbody").text_content().unwrap();
    assert!(
        rows.find("12 Oct") < rows.find("5 Oct"),
        "newest first: {rows}"
    );
    assert!(rows.contains("8 → 10"), "{rows}");
}

/// Waits until it is so. The runner ends a test that waits for ever.
async fn until(is_so: impl Fn() -> bool) {
    while !is_so() {
        let next_turn = js_sys::Promise::new(&mut |resolve, _| {
            window().set_timeout_with_callback(&resolve).unwrap();
        });
        wasm_bindgen_futures::JsFuture::from(next_turn)
            .await
            .unwrap();
    }
}

#[wasm_bindgen_test]
async fn a_toast_offers_to_undo_and_is_gone_once_it_did() {
    let undone = RwSignal::new(0);
    let stage = Stage::of(move || {
        let toasts = Toasts::default();
        provide_context(toasts);
        toasts.offer("Deleted.", "Undo", move || {
            undone.update(|times| *times += 1)
        });
        view! { <ToastRows /> }
    });
    tick().await;
    assert!(stage.text().contains("Deleted."));
    stage.find(".toast button").click();
    tick().await;
    assert_eq!(undone.get_untracked(), 1);
    assert_eq!(stage.count(".toast"), 0);
}

#[wasm_bindgen_test]
async fn a_panel_asks_before_it_throws_words_away() {
    let is_open = RwSignal::new(true);
    let stage = Stage::of(move || {
        let words = || {
            let panel = expect_context::<ClosePanel>();
            panel.is_dirty.set_value(Signal::stored(true));
            "Words"
        };
        view! { <Panel title="New OKR" is_open>{words()}</Panel> }
    });
    tick().await;
    let dialog = stage.find("dialog");
    assert!(dialog.has_attribute("open"));
    fire(&dialog, "cancel");
    tick().await;
    assert!(dialog.has_attribute("open"), "it is still there");
    stage.find("[role=alertdialog] button:last-child").click();
    until(|| stage.count("dialog") == 0).await;
    assert!(!is_open.get_untracked());
}

#[wasm_bindgen_test]
fn markdown_is_elements_and_markup_stays_words() {
    let text = "# Head\n\n- one\n- two **bold**\n\n<script>alert(1)</script>\n\n\
                ![pixel](https://spy.example/x.png) [bad](javascript:alert(1)) [ok](https://a.example)";
    let stage = Stage::of(move || view! { <Markdown text /> });
    assert_eq!(stage.count("li"), 2);
    assert_eq!(stage.find("li strong").text_content().unwrap(), "bold");
    assert_eq!(stage.count("script, img, h1"), 0);
    assert!(stage.text().contains("<script>alert(1)</script>"));
    assert_eq!(stage.count("a"), 1);
    assert_eq!(
        stage.find("a").get_attribute("href").unwrap(),
        "https://a.example"
    );
}

#[wasm_bindgen_test]
fn a_thousand_levels_of_markdown_break_nothing() {
    let text = format!("{}deep", ">".repeat(40_000));
    let stage = Stage::of(move || view! { <Markdown text /> });
    assert!(stage.text().contains("deep"));
    assert_eq!(stage.count("blockquote"), 12);
    let text = format!("{}deep{}", "*a ".repeat(10_000), "*".repeat(10_000));
    let stage = Stage::of(move || view! { <Markdown text /> });
    assert!(stage.text().contains("deep"));
}

#[wasm_bindgen_test]
fn numbers_are_written_and_read_as_the_browser_writes_them() {
    assert_eq!(
        locale::read_number(&locale::number(1234.5), &[]),
        Ok(1234.5)
    );
    assert_eq!(locale::percent(0.825), format!("{}%", 83));
    assert_eq!(locale::percent(0.996), "99%");
    assert_eq!(locale::percent(1.0), "100%");
    assert_eq!(locale::money(436_500.0, "GBP"), "£436,500");
    assert_eq!(locale::money(0.5, "GBP"), "£0.50");
}

#[wasm_bindgen_test]
fn titles_sort_as_the_locale_sorts_with_numbers_by_value() {
    let titles = [
        "Ärger", "Zebra", "apfel", "Apfel", "10 mal", "2 mal", "éclair",
    ];
    let sorted = locale::sorted(titles.to_vec(), |title| (*title).to_owned());
    assert_eq!(
        sorted,
        [
            "2 mal", "10 mal", "apfel", "Apfel", "Ärger", "éclair", "Zebra"
        ]
    );
}
