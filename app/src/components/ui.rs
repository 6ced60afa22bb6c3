//! Small parts that any app could use.

pub mod address;
pub mod choice;
pub mod copy;
pub mod dialog;
pub mod field;
pub mod focus;
pub mod form;
pub mod icon;
pub mod labelled;
pub mod modal;
pub mod number_input;
pub mod paint;
pub mod panel;
pub mod panel_form;
pub mod popover;
pub mod search_field;
pub mod segmented;
pub mod shortcut;
pub mod submit;
pub mod tenths;
pub mod text_area;
pub mod tick;
pub mod toast;
pub mod viewport;
pub mod width;
