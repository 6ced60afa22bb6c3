//! Requests to identity providers: JSON back within seconds, and nothing in the clear.

use std::net::{Ipv4Addr, Ipv6Addr};

use http::Uri;
use http::uri::Authority;
use serde_json::Value;
use worker::{AbortSignal, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, web_sys};

/// How long a provider may take, in milliseconds.
const TIMEOUT_MS: u32 = 10_000;

/// Why there is no answer: for the log.
pub type Failure = String;

/// An address that secrets may travel to: `https`, or `http` on this very machine.
pub fn trusted_url(text: &str) -> Option<Uri> {
    let url: Uri = text.parse().ok()?;
    let is_safe = match url.scheme_str()? {
        "https" => true,
        "http" => is_local(url.authority()?),
        _ => false,
    };
    is_safe.then_some(url)
}

fn is_local(authority: &Authority) -> bool {
    let host = authority.host();
    // Neither a name and password before it nor anything but a port after it.
    let rest = authority.as_str().strip_prefix(host);
    if !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':')) {
        return false;
    }
    let v4 = host.parse().is_ok_and(|host: Ipv4Addr| host.is_loopback());
    let v6 = host.trim_matches(['[', ']']).parse();
    host == "localhost" || v4 || v6.is_ok_and(|host: Ipv6Addr| host.is_loopback())
}

/// The JSON at an address, asked for with this `Authorization` header, if any.
pub async fn get(url: &str, authorization: Option<&str>) -> Result<Value, Failure> {
    json(url, Method::Get, authorization, None).await
}

/// The JSON that a form is answered with.
pub async fn post_form(
    url: &str,
    authorization: Option<&str>,
    fields: &[(&str, &str)],
) -> Result<Value, Failure> {
    json(url, Method::Post, authorization, Some(form(fields))).await
}

/// `application/x-www-form-urlencoded`, which query strings are, too.
pub fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

async fn json(
    url: &str,
    method: Method,
    authorization: Option<&str>,
    form: Option<String>,
) -> Result<Value, Failure> {
    let url = trusted_url(url).ok_or_else(|| format!("{url} is not https"))?;
    // Neither its parameters nor a name and password before the host may get into the log.
    let address = format!("{}{}", url.host().unwrap_or_default(), url.path());
    let failed = |error: worker::Error| format!("{address}: {error}");
    let request = request(&url, method, authorization, form).map_err(failed)?;
    let signal = AbortSignal::from(web_sys::AbortSignal::timeout_with_u32(TIMEOUT_MS));
    let mut response = Fetch::Request(request)
        .send_with_signal(&signal)
        .await
        .map_err(failed)?;
    let status = response.status_code();
    // The parser's own words would quote what may be a token.
    let text = response.text().await.unwrap_or_default();
    let body: Option<Value> = serde_json::from_str(&text).ok();
    match body {
        Some(body) if status == 200 => Ok(body),
        Some(body) => Err(format!("{address} answered {status} {}", error_code(&body))),
        None => Err(format!("{address} answered {status} and no JSON")),
    }
}

/// The code of an OAuth error such as `invalid_client`, if it is one that may stand in a log.
fn error_code(body: &Value) -> &str {
    let code = body["error"].as_str().unwrap_or_default();
    if code.len() <= 40
        && code
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    {
        code
    } else {
        ""
    }
}

fn request(
    url: &Uri,
    method: Method,
    authorization: Option<&str>,
    form: Option<String>,
) -> worker::Result<Request> {
    let headers = Headers::new();
    headers.set("accept", "application/json")?;
    if let Some(authorization) = authorization {
        headers.set("authorization", authorization)?;
    }
    if form.is_some() {
        headers.set("content-type", "application/x-www-form-urlencoded")?;
    }
    let init = RequestInit {
        headers,
        method,
        body: form.map(Into::into),
        // A redirect could lead anywhere, with the secrets.
        redirect: RequestRedirect::Manual,
        ..RequestInit::default()
    };
    Request::new_with_init(&url.to_string(), &init)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_is_trusted_and_http_on_this_machine() {
        for good in [
            "https://id.example",
            "https://id.example:8443/path",
            "http://localhost:3000",
            "http://127.0.0.1:3000/a",
            "http://[::1]:3000",
            "HTTPS://id.example",
        ] {
            assert!(trusted_url(good).is_some(), "{good}");
        }
        for bad in [
            "http://id.example",
            "http://localhost.example",
            "http://127.0.0.1.example",
            "http://localhost@id.example",
            "http://id.example#@localhost",
            "http://id.example\\@localhost",
            "http://[::1].example",
            "http://0.0.0.0",
            "https://",
            "//id.example",
            " https://id.example",
            "http://10.0.0.1",
            "ftp://localhost",
            "file:///etc/passwd",
            "id.example",
            "",
        ] {
            assert!(trusted_url(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_form_is_escaped() {
        assert_eq!(
            form(&[("a b", "c&d=e"), ("f", "ü/:")]),
            "a+b=c%26d%3De&f=%C3%BC%2F%3A"
        );
    }
}
