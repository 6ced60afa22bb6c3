//! Who answers at which address: a file, the API, the app's page, or nobody.

use okrs_tests::{HASHED, PAGE, server};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Answer {
    Page,
    /// A file whose address changes with what is in it.
    Hashed,
    /// A file that has the same address in each version.
    File,
    /// In the shape of the API's refusals, kept nowhere.
    NotFound,
}

const ADDRESSES: [(&str, Answer); 22] = [
    ("/", Answer::Page),
    ("/okrs", Answer::Page),
    (
        "/okrs/01a0f4da-987b-7000-8000-30e762b8b3af?tab=history",
        Answer::Page,
    ),
    ("/settings/cycles", Answer::Page),
    ("/sign-in", Answer::Page),
    ("/no/page/of/ours", Answer::Page),
    (HASHED, Answer::Hashed),
    ("/start.js", Answer::File),
    ("/api/v1/openapi.json", Answer::File),
    ("/docs", Answer::File),
    ("/docs/none", Answer::NotFound),
    ("/okrs-app-0123456789abcdef/chunk_9.wasm", Answer::NotFound),
    ("/missing.js", Answer::NotFound),
    ("/missing.css", Answer::NotFound),
    ("/favicon.ico", Answer::NotFound),
    ("/robots.txt", Answer::NotFound),
    ("/.well-known/openid-configuration", Answer::NotFound),
    ("/.well-known/security.txt", Answer::NotFound),
    (
        "/.well-known/oauth-protected-resource/api/public/mcp",
        Answer::NotFound,
    ),
    ("/api/nothing", Answer::NotFound),
    ("/api/v1/nothing", Answer::NotFound),
    ("/api/v1/nothing.json", Answer::NotFound),
];

#[test]
fn each_kind_of_address_has_its_answer_whoever_asks() {
    for (path, expected) in ADDRESSES {
        for accept in ["*/*", "text/html,application/xhtml+xml"] {
            for mode in ["navigate", "no-cors"] {
                let request = server().anonymous().outside("GET", path);
                let answer = request
                    .header("accept", accept)
                    .header("sec-fetch-mode", mode)
                    .send();
                let caching = answer.header("cache-control");
                match expected {
                    Answer::Page => {
                        assert_eq!(answer.status, 200, "{answer:?}");
                        assert_eq!(answer.text(), PAGE, "{answer:?}");
                        assert_eq!(caching, Some("public, max-age=0, must-revalidate"));
                        let policy = answer.header("content-security-policy").unwrap();
                        assert!(policy.contains("frame-ancestors 'none'"), "{answer:?}");
                    }
                    Answer::Hashed => {
                        assert_eq!(answer.status, 200, "{answer:?}");
                        let forever = "public, max-age=31536000, immutable";
                        assert_eq!(caching, Some(forever), "{answer:?}");
                    }
                    Answer::File => {
                        assert_eq!(answer.status, 200, "{answer:?}");
                        assert!(!caching.unwrap().contains("immutable"), "{answer:?}");
                        if path.ends_with(".json") {
                            answer.expect(200);
                        }
                    }
                    Answer::NotFound => {
                        answer.refusal(404);
                        assert_eq!(caching, Some("private, no-store"), "{answer:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_page_is_read_and_not_written_to() {
    let api = server().anonymous();
    let head = api.outside("HEAD", "/okrs").send();
    assert_eq!((head.status, head.body.len()), (200, 0), "{head:?}");
    let tag = api.outside("GET", "/okrs").send();
    let tag = tag.header("etag").unwrap().to_owned();
    let again = api.outside("GET", "/okrs").header("if-none-match", &tag);
    assert_eq!(again.send().status, 304);
    let post = api.outside("POST", "/okrs").body("title=Grow").send();
    post.refusal(405);
}
