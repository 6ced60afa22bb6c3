//! The official Rust client lists and calls every tool, in both eras.

use okrs_tests::{Workspace, workspace};
use rmcp::model::{CallToolRequestParams, ClientConfig, ProtocolVersion};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::{ClientLifecycleMode, ClientServiceExt};
use serde_json::Value;

use crate::asking::{PATH, calls};

#[test]
fn the_rust_client_begins_with_a_handshake() {
    use_everything(ClientLifecycleMode::Initialize);
}

#[test]
fn the_rust_client_discovers_the_new_revision() {
    use_everything(ClientLifecycleMode::Discover {
        preferred_versions: vec![ProtocolVersion::V_2026_07_28],
    });
}

#[test]
fn the_rust_client_finds_out_by_itself() {
    use_everything(ClientLifecycleMode::Auto {
        preferred_versions: vec![ProtocolVersion::V_2026_07_28],
        legacy_version: Some(ProtocolVersion::V_2025_11_25),
    });
}

fn use_everything(mode: ClientLifecycleMode) {
    let acme = workspace();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(list_and_call(&acme, mode));
}

async fn list_and_call(acme: &Workspace, mode: ClientLifecycleMode) {
    let address = format!("http://{}{PATH}", acme.api.host());
    let config =
        StreamableHttpClientTransportConfig::with_uri(address).auth_header(&acme.keys.bulk);
    let transport = StreamableHttpClientTransport::from_config(config);
    let client = ClientConfig::default()
        .serve_with_lifecycle(transport, mode)
        .await
        .unwrap();
    let tools = client.list_all_tools().await.unwrap();
    let calls = calls(acme);
    assert_eq!(tools.len(), calls.len());
    for (tool, arguments) in calls {
        let Value::Object(arguments) = arguments else {
            panic!("arguments are an object");
        };
        let call = CallToolRequestParams::new(tool).with_arguments(arguments);
        let called = client.call_tool(call).await.unwrap();
        assert_ne!(called.is_error, Some(true), "{tool}: {called:?}");
        assert!(called.structured_content.is_some(), "{tool}: {called:?}");
    }
    assert_eq!(client.list_all_prompts().await.unwrap().len(), 2);
    assert_eq!(client.list_all_resources().await.unwrap().len(), 2);
    client.cancel().await.unwrap();
}
