//! What the server says about itself.

use gloo_net::http::Request;
use serde::Deserialize;

/// The answer of `GET /api/app/about`. Every field may be missing, because an older or newer server
/// may answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct About {
    pub name: Option<String>,
    pub version: Option<String>,
    /// Where the data is: `d1`, or the API that this server stands before.
    pub backend: Option<String>,
    pub organisations: Option<u64>,
}

/// Asks the server that served this page.
///
/// # Errors
/// A sentence for the person who reads the page.
pub async fn load() -> Result<About, String> {
    let response = Request::get("/api/app/about")
        .send()
        .await
        .map_err(|_| "The server did not answer. It may be restarting.".to_owned())?;
    if !response.ok() {
        return Err(format!(
            "The server answered with an error ({}).",
            response.status()
        ));
    }
    response
        .json()
        .await
        .map_err(|_| "The server answered with something unexpected.".to_owned())
}

impl About {
    /// Where the data is, in words.
    pub fn backend_in_words(&self) -> Option<String> {
        Some(match self.backend.as_deref()? {
            "d1" => "This server’s own database (D1)".to_owned(),
            "upstream" | "proxy" => "Another OKR server, by its API".to_owned(),
            other => other.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_backend_is_named_in_words_and_an_unknown_one_as_it_is() {
        let about = |backend: &str| About {
            backend: Some(backend.to_owned()),
            ..About::default()
        };
        assert_eq!(
            about("d1").backend_in_words().as_deref(),
            Some("This server’s own database (D1)")
        );
        assert_eq!(
            about("future").backend_in_words().as_deref(),
            Some("future")
        );
        assert_eq!(About::default().backend_in_words(), None);
    }
}
