//! The black-box tests of the public API once more, asked through a deployment in front of the hosted
//! service, which another deployment plays.

use std::process::Command;

/// Tests, or groups of them, that say nothing about such a deployment, and why.
const ONLY_WITH_D1: [(&str, &str); 5] = [
    (
        "costs::",
        "what is read lies with the hosted service, not in D1",
    ),
    (
        "caching::an_unchanged_list_is_304_and_read_from_nowhere",
        "counts calls to D1",
    ),
    (
        "caching::an_unchanged_list_is_sent_again_without_reading_it",
        "counts calls to D1",
    ),
    (
        "idempotency::a_repeat_gets_the_first_answer_byte_for_byte_and_does_nothing",
        "counts rows written to D1",
    ),
    (
        "durability::",
        "has servers of its own; the tests of the deployment kill theirs as well",
    ),
];

/// Makes the tests of version 1 ask such a deployment.
pub fn tests(v1: &mut Command) {
    v1.args(ONLY_WITH_D1.iter().flat_map(|(test, _)| ["--skip", *test]))
        .env("OKRS_TESTS_THROUGH", "upstream");
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn what_is_left_out_is_there() {
        let v1 = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/tests/v1");
        for (test, _) in ONLY_WITH_D1 {
            let (module, name) = test.split_once("::").unwrap();
            let text = fs::read_to_string(v1.join(module).with_extension("rs")).unwrap();
            assert!(text.contains(&format!("fn {name}")), "{test}");
        }
    }
}
