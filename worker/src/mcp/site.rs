//! Pages of other sites must not speak to this server, not even through a name that they have
//! pointed at it.

use http::request::Parts;
use http::{Uri, header};

use crate::error::{Error, Result};
use crate::same_origin;

/// Refuses requests of foreign pages, and those for a name that is not ours.
///
/// Browsers say in `Origin` whose page asks. Over https the certificate vouches for the name; plain
/// http is for this machine only, where a rebound name would be another one.
pub fn require_own(parts: &Parts) -> Result<()> {
    let (headers, uri) = (&parts.headers, &parts.uri);
    let host = same_origin::host(headers, uri).unwrap_or_default();
    if same_origin::scheme(uri) != "https" && !is_this_machine(host) {
        return Err(Error::CrossSite);
    }
    let is_ours = headers.get(header::ORIGIN).is_none_or(|origin| {
        let origin = origin.to_str();
        origin.is_ok_and(|origin| same_origin::is_ours(origin, headers, uri))
    });
    if is_ours {
        Ok(())
    } else {
        Err(Error::CrossSite)
    }
}

fn is_this_machine(host: &str) -> bool {
    let Ok(uri) = host.parse::<Uri>() else {
        return false;
    };
    let name = uri.host().unwrap_or_default();
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|own| name.eq_ignore_ascii_case(own))
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn is_refused(url: &str, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder().method("POST").uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        require_own(&parts).is_err()
    }

    #[test]
    fn programs_and_our_own_pages_may_ask() {
        let url = "https://okrs.example/api/public/mcp";
        assert!(!is_refused(url, &[]));
        assert!(!is_refused(url, &[("host", "okrs.example")]));
        assert!(!is_refused(url, &[("origin", "https://okrs.example")]));
        for host in [
            "localhost:8787",
            "127.0.0.1:8787",
            "[::1]:8787",
            "localhost",
        ] {
            let url = format!("http://{host}/api/public/mcp");
            let origin = format!("http://{host}");
            assert!(
                !is_refused(&url, &[("host", host), ("origin", &origin)]),
                "{host}"
            );
        }
    }

    #[test]
    fn foreign_pages_and_names_are_refused() {
        let url = "https://okrs.example/api/public/mcp";
        for origin in [
            "https://evil.test",
            "http://okrs.example",
            "https://okrs.example.evil.test",
            "https://okrs.example:444",
            "null",
            "",
        ] {
            assert!(is_refused(url, &[("origin", origin)]), "{origin}");
        }
        for host in [
            "evil.test",
            "evil.test:8787",
            "localhost.evil.test",
            "192.168.0.7",
            "",
            "@",
        ] {
            let url = "http://127.0.0.1:8787/api/public/mcp";
            assert!(is_refused(url, &[("host", host)]), "{host}");
        }
    }
}
