//! The app's page: `index.html` with everything it links to in `dist/`, under names that change with
//! the contents.
//!
//! It reads the attributes that Trunk reads, so `trunk build` and `trunk serve` understand the same page.
//! Trunk itself would have to be compiled where it can't be downloaded, and what it makes of the program
//! is replaced anyway, see `page_files.rs`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest as _, Sha256};

/// Marks what is meant for the build.
const MARK: &str = "data-trunk";

/// Fills `dist`, which is empty. `program` is the address of the directory that `page_files.rs` fills.
pub fn write(root: &Path, dist: &Path, program: &str) -> Result<()> {
    let source = fs::read_to_string(root.join("index.html")).context("index.html is missing")?;
    let mut page = String::with_capacity(source.len());
    for line in source.lines() {
        if line.contains(MARK) {
            page += &built(line.trim(), root, dist, program)
                .with_context(|| format!("in index.html: {}", line.trim()))?;
        } else {
            page += line;
            page.push('\n');
        }
    }
    fs::write(dist.join("index.html"), page).context("the page cannot be written")
}

/// What stands in the page in place of a marked element: one line, or nothing where only a file is to be
/// copied.
fn built(element: &str, root: &Path, dist: &Path, program: &str) -> Result<String> {
    if element.starts_with("<base") {
        return Ok("<base href=\"/\">\n".to_owned());
    }
    let rel = attribute(element, "rel").context("there is no rel")?;
    if rel == "rust" {
        return Ok(start(program));
    }
    let source = attribute(element, "href").context("there is no href")?;
    let bytes = fs::read(root.join(source)).with_context(|| format!("{source} is missing"))?;
    let name = source.rsplit('/').next().unwrap_or(source);
    match rel {
        "copy-file" => {
            let target = dist.join(attribute(element, "data-target-path").unwrap_or_default());
            fs::create_dir_all(&target).context("dist cannot be written to")?;
            fs::write(target.join(name), bytes).context("dist cannot be written to")?;
            Ok(String::new())
        }
        "css" | "icon" => {
            let (stem, extension) = name.rsplit_once('.').context("the file has no ending")?;
            let hashed = format!("{stem}-{}.{extension}", hash(&bytes));
            fs::write(dist.join(&hashed), bytes).context("dist cannot be written to")?;
            let rel = if rel == "css" { "stylesheet" } else { rel };
            let more = untouched(element);
            Ok(format!("<link rel=\"{rel}\" href=\"/{hashed}\"{more}>\n"))
        }
        other => bail!("the build knows no rel=\"{other}\""),
    }
}

/// Fetches the program while the page is read, and starts it. A script begins that, not a preload: Safari
/// fetches again what was preloaded for a script's `fetch`.
fn start(program: &str) -> String {
    let (script, module) = (format!("{program}.js"), format!("{program}_bg.wasm"));
    format!(
        "<script>var program = fetch('{module}');</script>\n\
         <link rel=\"modulepreload\" href=\"{script}\" crossorigin=\"anonymous\">\n\
         <script type=\"module\">import init from '{script}'; init({{ module_or_path: program }});</script>\n"
    )
}

/// The beginning of the SHA-256 of a file: enough to tell any two versions apart.
pub fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The attributes that are meant for the browser, besides `rel` and `href`.
fn untouched(element: &str) -> String {
    let inside = element.trim_start_matches("<link").trim_end_matches('>');
    let is_ours = |word: &&str| {
        let name = word.split('=').next().unwrap_or_default();
        !(matches!(name, "rel" | "href") || name.starts_with("data-"))
    };
    inside
        .split_whitespace()
        .filter(is_ours)
        .map(|word| format!(" {word}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_get_a_name_of_their_contents_and_keep_what_browsers_read() {
        let root = std::env::temp_dir().join(format!("okrs-edge-page-{}", std::process::id()));
        let dist = root.join("dist");
        fs::create_dir_all(&dist).unwrap();
        fs::write(root.join("home.css"), "a {}").unwrap();
        fs::write(
            root.join("index.html"),
            "<head>\n<link data-trunk rel=\"css\" href=\"home.css\" data-integrity=\"none\" id=\"sheet-home\" disabled>\n\
             <link data-trunk rel=\"copy-file\" href=\"home.css\" data-target-path=\"a/b\">\n\
             <link data-trunk rel=\"rust\" href=\"app/Cargo.toml\">\n</head>\n",
        )
        .unwrap();

        write(&root, &dist, "/app-1f/app").unwrap();

        let page = fs::read_to_string(dist.join("index.html")).unwrap();
        let name = format!("home-{}.css", hash(b"a {}"));
        let expected = format!(
            "<head>\n<link rel=\"stylesheet\" href=\"/{name}\" id=\"sheet-home\" disabled>\n{}</head>\n",
            start("/app-1f/app")
        );
        assert_eq!(page, expected);
        assert_eq!(fs::read_to_string(dist.join(name)).unwrap(), "a {}");
        assert!(dist.join("a/b/home.css").is_file());
        assert!(page.contains("init({ module_or_path: program })"));
        let fetched = page.matches("'/app-1f/app_bg.wasm'").count();
        assert_eq!(fetched, 1, "{page}");
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn what_the_build_does_not_know_is_refused() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let element = r#"<link data-trunk rel="sass" href="Cargo.toml">"#;
        assert!(built(element, here, here, "/app").is_err());
    }
}
