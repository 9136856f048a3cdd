//! Resources.

use rmcp::ErrorData;
use rmcp::model::{ReadResourceResult, Resource, ResourceContents, ResourceTemplate};
use serde_json::json;

use crate::content::{PNG, made};

pub(crate) fn definitions() -> Vec<Resource> {
    let row = |name: &str, kind: &str| {
        json!({
            "uri": format!("test://{name}"), "name": name, "description": "A resource",
            "mimeType": kind,
        })
    };
    made(json!([
        row("static-text", "text/plain"),
        row("static-binary", "image/png"),
        row("watched-resource", "text/plain"),
    ]))
}

pub(crate) fn templates() -> Vec<ResourceTemplate> {
    made(json!([{
        "uriTemplate": "test://template/{id}/data", "name": "template",
        "description": "A resource for each id", "mimeType": "application/json",
    }]))
}

pub(crate) fn read(uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let text = |text: &str| ResourceContents::text(text, uri);
    let contents = match uri {
        "test://static-text" => text("This is the content of the static text resource."),
        "test://static-binary" => ResourceContents::blob(PNG, uri).with_mime_type("image/png"),
        "test://watched-resource" => text("Nothing changes here."),
        uri => {
            let id = uri.strip_prefix("test://template/").and_then(|it| it.strip_suffix("/data"));
            let none = || {
                let data = json!({"uri": uri});
                ErrorData::resource_not_found(format!("there is no '{uri}'"), Some(data))
            };
            let id = id.ok_or_else(none)?;
            let data = json!({
                "id": id, "templateTest": true, "data": format!("Data for ID: {id}"),
            });
            text(&data.to_string()).with_mime_type("application/json")
        }
    };
    Ok(ReadResourceResult::new(vec![contents]))
}
