//! How assistants are connected: what their settings must say, with this server's own address.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::ui::copy::CopyText;
use crate::words::words;

/// Where assistants connect.
const MCP: &str = "/api/public/mcp";

/// A snippet for each of the common clients.
#[component]
pub fn AssistantsPage() -> impl IntoView {
    let words = &words().assistants;
    let address = window().location().origin().unwrap_or_default() + MCP;
    let snippets = snippets(&address).map(|(label, text)| view! { <CopyText label text /> });
    view! {
        <Title text=words.title />
        <div class="page-head">
            <h1>{words.title}</h1>
        </div>
        <p class="lead">{words.more}</p>
        <p class="lead">{words.key}</p>
        <div class="snippets">
            <CopyText label=words.address text=address />
            {snippets.collect_view()}
        </div>
        <p class="lead">{words.caution}</p>
    }
}

fn snippets(address: &str) -> [(&'static str, String); 5] {
    let server = |indent: &str| {
        format!(
            "{{\n{indent}  \"type\": \"http\",\n{indent}  \"url\": \"{address}\",\n\
             {indent}  \"headers\": {{ \"Authorization\": \"Bearer YOUR_API_KEY\" }}\n{indent}}}"
        )
    };
    let named = |list: &str| {
        format!(
            "{{\n  \"{list}\": {{\n    \"okrs\": {}\n  }}\n}}",
            server("    ")
        )
    };
    [
        (
            "Claude Code",
            format!(
                "claude mcp add --transport http okrs {address} --header \"Authorization: Bearer YOUR_API_KEY\""
            ),
        ),
        (
            "Claude Desktop: claude_desktop_config.json",
            format!(
                "{{\n  \"mcpServers\": {{\n    \"okrs\": {{\n      \"command\": \"npx\",\n      \"args\": [\n        \
                 \"-y\", \"mcp-remote\", \"{address}\",\n        \
                 \"--header\", \"Authorization: Bearer YOUR_API_KEY\"\n      ]\n    }}\n  }}\n}}"
            ),
        ),
        ("VS Code: .vscode/mcp.json", named("servers")),
        ("Cursor: ~/.cursor/mcp.json", named("mcpServers")),
        (
            "curl",
            format!(
                "curl {address} \\\n  -H \"Authorization: Bearer YOUR_API_KEY\" \\\n  \
                 -H \"Content-Type: application/json\" \\\n  -d '{{\"method\":\"tools/list\"}}'"
            ),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::snippets;

    #[test]
    fn what_goes_into_settings_files_is_json_with_the_address() {
        let address = "https://okrs.example/api/public/mcp";
        for (label, text) in snippets(address) {
            assert!(text.contains(address), "{label}");
            if label.contains(".json") {
                serde_json::from_str::<serde_json::Value>(&text).unwrap();
            }
        }
    }
}
