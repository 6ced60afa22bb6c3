//! How assistants are connected: what their settings must say, with this server's own address.

use leptos::prelude::*;
use leptos_meta::Title;
use serde_json::{Value, json};

use crate::components::ui::copy::CopyText;
use crate::words;

/// Where assistants connect.
const MCP: &str = "/api/public/mcp";

/// A snippet for each of the common clients.
#[component]
pub fn AssistantsPage() -> impl IntoView {
    let words = words::assistants();
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
    const KEY: &str = "Authorization: Bearer YOUR_API_KEY";
    let server = json!({
        "type": "http",
        "url": address,
        "headers": { "Authorization": "Bearer YOUR_API_KEY" },
    });
    let by_bridge = json!({
        "command": "npx",
        "args": ["-y", "mcp-remote", address, "--header", KEY],
    });
    let file = |list: &str, server: &Value| format!("{:#}", json!({ list: { "okrs": server } }));
    [
        (
            "Claude Code",
            format!("claude mcp add --transport http okrs {address} --header \"{KEY}\""),
        ),
        (
            "Claude Desktop: claude_desktop_config.json",
            file("mcpServers", &by_bridge),
        ),
        ("VS Code: .vscode/mcp.json", file("servers", &server)),
        ("Cursor: ~/.cursor/mcp.json", file("mcpServers", &server)),
        (
            "curl",
            format!(
                "curl {address} \\\n  -H \"{KEY}\" \\\n  -H \"Content-Type: application/json\" \\\n  \
                 -d '{{\"method\":\"tools/list\"}}'"
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
