//! A person's browser, as far as signing in needs one: it keeps cookies and fills in forms.

use std::collections::BTreeMap;

use ureq::Agent;
use ureq::http::{HeaderMap, Request};

/// Redirects in a row that mean a circle.
const MOST_REDIRECTS: usize = 20;

/// Its cookies, by origin and name.
#[derive(Clone, Debug, Default)]
pub struct Browser(BTreeMap<(String, String), String>);

/// What a browser got.
#[derive(Debug)]
pub struct Page {
    url: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Browser {
    /// Opens an address, and does not follow where it leads.
    pub fn get(&mut self, url: &str) -> Page {
        self.send("GET", url, &[], "")
    }

    /// Opens it from this network address.
    pub fn get_from(&mut self, address: &str, url: &str) -> Page {
        self.send("GET", url, &[("cf-connecting-ip", address)], "")
    }

    /// What our own pages do: a POST of JSON to this address.
    pub fn post_json(&mut self, url: &str, json: &str, headers: &[(&str, &str)]) -> Page {
        self.post_from("same-origin", url, json, headers)
    }

    /// What another site's page would do: a POST of JSON to this address.
    pub fn post_cross_site(&mut self, url: &str, json: &str, headers: &[(&str, &str)]) -> Page {
        self.post_from("cross-site", url, json, headers)
    }

    /// What our own pages do: a PUT of JSON to this address.
    pub fn put_json(&mut self, url: &str, json: &str) -> Page {
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/json"),
        ];
        self.send("PUT", url, &headers, json)
    }

    /// What our own pages do: a DELETE of this address.
    pub fn delete(&mut self, url: &str) -> Page {
        self.send("DELETE", url, &[("sec-fetch-site", "same-origin")], "")
    }

    fn post_from(&mut self, site: &str, url: &str, json: &str, headers: &[(&str, &str)]) -> Page {
        let ours = [
            ("sec-fetch-site", site),
            ("content-type", "application/json"),
        ];
        self.send("POST", url, &[&ours, headers].concat(), json)
    }

    /// Goes to the provider at `url`, signs in there with this login, consents, and stops before it
    /// would go to the address that it comes back with, which is the answer.
    pub fn pass_provider(&mut self, url: &str, login: &str) -> String {
        let provider = origin(url).to_owned();
        let mut page = self.get(url);
        for _ in 0..MOST_REDIRECTS {
            page = match page.location() {
                Some(location) if origin(&location) != provider => return location,
                Some(location) => self.get(&location),
                None => self.submit(&page, login),
            };
        }
        panic!("the provider leads in circles: {page:?}");
    }

    /// Fills in the provider's login or consent form.
    fn submit(&mut self, page: &Page, login: &str) -> Page {
        assert_eq!(page.status, 200, "{page:?}");
        let action = between(&page.body, "action=\"", "\"");
        let prompt = between(&page.body, "name=\"prompt\" value=\"", "\"");
        let fields = format!("prompt={prompt}&login={login}&password=any");
        let form = [("content-type", "application/x-www-form-urlencoded")];
        self.send("POST", action, &form, &fields)
    }

    /// The cookie that this origin has set.
    pub fn cookie(&self, origin: &str, name: &str) -> Option<&str> {
        let key = (origin.to_owned(), name.to_owned());
        self.0.get(&key).map(String::as_str)
    }

    /// The names of this origin's cookies that begin so.
    pub fn cookie_names(&self, origin: &str, beginning: &str) -> Vec<String> {
        let ours = self.0.keys().filter(|(of, _)| of == origin);
        let names = ours.map(|(_, name)| name.clone());
        names.filter(|name| name.starts_with(beginning)).collect()
    }

    /// Puts another cookie there.
    pub fn set_cookie(&mut self, origin: &str, name: &str, value: &str) {
        let key = (origin.to_owned(), name.to_owned());
        self.0.insert(key, value.to_owned());
    }

    fn send(&mut self, method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Page {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let cookies = self.0.iter().filter(|((of, _), _)| of == origin(url));
        let cookies: Vec<_> = cookies
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .into();
        let mut response = match method {
            "GET" | "DELETE" => agent.run(request.body(()).unwrap()).unwrap(),
            _ => agent.run(request.body(body.to_owned()).unwrap()).unwrap(),
        };
        self.keep_cookies(origin(url), response.headers());
        Page {
            url: url.to_owned(),
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.body_mut().read_to_string().unwrap(),
        }
    }

    fn keep_cookies(&mut self, origin: &str, headers: &HeaderMap) {
        for cookie in headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = between(&format!("{cookie};"), "", ";")
                .split_once('=')
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .unwrap();
            let key = (origin.to_owned(), name);
            let attributes = cookie.to_lowercase();
            if attributes.contains("max-age=0") || attributes.contains("expires=thu, 01 jan 1970") {
                self.0.remove(&key);
            } else {
                self.0.insert(key, value);
            }
        }
    }
}

impl Page {
    /// Where it leads, as a whole address.
    pub fn location(&self) -> Option<String> {
        let location = self.headers.get("location")?.to_str().unwrap();
        if location.starts_with('/') {
            Some(format!("{}{location}", origin(&self.url)))
        } else {
            Some(location.to_owned())
        }
    }

    /// The text of the `Set-Cookie` headers of cookies whose name begins so.
    pub fn set_cookies(&self, beginning: &str) -> Vec<&str> {
        let cookies = self.headers.get_all("set-cookie").iter();
        cookies
            .map(|cookie| cookie.to_str().unwrap())
            .filter(|cookie| cookie.starts_with(beginning))
            .collect()
    }
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> &str {
    let host = url.find("://").unwrap() + 3;
    let end = url[host..]
        .find(['/', '?'])
        .map_or(url.len(), |at| host + at);
    &url[..end]
}

/// The text after `start` and before the next `end`.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text
        .split_once(start)
        .unwrap_or_else(|| panic!("no {start} in {text}"));
    rest.split(end).next().unwrap()
}
