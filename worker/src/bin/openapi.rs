//! Prints an OpenAPI document: `openapi v1` or `openapi app`.

use okrs_worker::openapi::{Api, document};

fn main() {
    let api = match std::env::args().nth(1).as_deref() {
        Some("app") => Api::App,
        _ => Api::V1,
    };
    print!("{}", document(api));
}
