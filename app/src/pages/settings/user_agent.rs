//! What a browser calls itself, for people.

/// In an order in which the first that is found is right: most browsers also name others.
const BROWSERS: [(&str, &str); 12] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("MSIE ", "Internet Explorer"),
];

const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// The browser or program, and the system it runs on, as far as the text says.
pub fn read(user_agent: &str) -> (Option<&str>, Option<&'static str>) {
    let find = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(sign, _)| user_agent.contains(sign))
            .map(|(_, name)| *name)
    };
    let program = || {
        let name = user_agent.split(['/', ' ']).next()?;
        (!name.is_empty() && name != "Mozilla").then_some(name)
    };
    (find(&BROWSERS).or_else(program), find(&SYSTEMS))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn browsers_are_known_although_they_all_claim_to_be_each_other() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (text, browser, system) in [
            (
                format!(
                    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/142.0.0.0 Safari/537.36 Edg/142.0"
                ),
                "Edge",
                "Windows",
            ),
            (
                format!(
                    "Mozilla/5.0 (Linux; Android 16) {webkit} Chrome/142.0.0.0 Mobile Safari/537.36"
                ),
                "Chrome",
                "Android",
            ),
            (
                format!(
                    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {webkit} Version/19.0 Safari/605.1.15"
                ),
                "Safari",
                "macOS",
            ),
            (
                format!(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) {webkit} CriOS/142.0 Mobile Safari/604.1"
                ),
                "Chrome",
                "iPhone",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0".to_owned(),
                "Firefox",
                "Linux",
            ),
        ] {
            assert_eq!(read(&text), (Some(browser), Some(system)), "{text}");
        }
    }

    #[test]
    fn other_programs_go_by_their_first_word() {
        assert_eq!(read("curl/8.5.0"), (Some("curl"), None));
        assert_eq!(read("Mozilla/5.0"), (None, None));
        assert_eq!(read(""), (None, None));
    }
}
