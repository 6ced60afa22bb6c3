//! Prints the OpenAPI document of version 1.

fn main() {
    print!("{}", okrs_worker::openapi::document());
}
