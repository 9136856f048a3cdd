//! Resources: everything that is listed can be read, byte by byte, and nothing else.

use serde_json::{Value, json};

use super::memory;
use super::session::{ERAS, Era, Session};
use crate::support::TestRepo;

/// Every resource, through all parts of the list.
fn listed(session: &mut Session) -> Vec<Value> {
    let (mut all, mut params) = (Vec::new(), json!({}));
    loop {
        let result = session.request("resources/list", params)["result"].clone();
        all.extend(result["resources"].as_array().expect("a list").clone());
        let cursor = result["nextCursor"].clone();
        if cursor.is_null() {
            return all;
        }
        params = json!({"cursor": cursor});
        assert!(all.len() < 10_000, "a cursor that leads nowhere");
    }
}

fn read(session: &mut Session, uri: &str) -> Value {
    let answer = session.request("resources/read", json!({"uri": uri}));
    assert!(answer["error"].is_null(), "{uri}: {answer}");
    answer["result"]["contents"][0].clone()
}

fn refused(session: &mut Session, uri: &str) -> Value {
    let answer = session.request("resources/read", json!({"uri": uri}));
    assert!(answer["result"].is_null(), "{uri}: {answer}");
    answer["error"].clone()
}

#[test]
fn everything_is_listed_once_in_order_and_read_as_the_commit_has_it() {
    let repo = memory();
    let commit = repo.git(&["rev-parse", "HEAD"]);
    // What only lies on disk counts nothing.
    repo.write("wiki/workers.md", "# Other words\n");
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        let listed = listed(&mut session);
        let uris: Vec<_> = listed.iter().map(|it| it["uri"].as_str().unwrap()).collect();
        let wanted = [
            "adr://1",
            "skill://drain/SKILL.md",
            "wiki://wiki/runbooks/queue.md",
            "wiki://wiki/workers.md",
        ];
        assert_eq!(uris, wanted);
        for resource in &listed {
            let (uri, path) =
                (resource["uri"].as_str().unwrap(), resource["name"].as_str().unwrap());
            let content = read(&mut session, uri);
            let wanted = repo.git(&["show", &format!("{commit}:{path}")]);
            assert_eq!(content["text"].as_str().unwrap().trim_end(), wanted, "{uri}");
            assert_eq!(content["uri"], uri);
            assert_eq!(content["mimeType"], "text/markdown");
            assert_eq!(content["_meta"]["prode/cite"], format!("{path}@{commit}"));
            assert_eq!(resource["size"], content["text"].as_str().unwrap().len());
        }
        // Every page has its path for a name too.
        let by_path = read(&mut session, "wiki://adr/0001-queue.md");
        assert_eq!(by_path["text"], read(&mut session, "adr://0001")["text"]);
    }
}

#[test]
fn bytes_come_back_as_they_are() {
    let repo = memory();
    let odd = "\u{feff}# Odd\r\n\r\nno end";
    repo.write("wiki/odd name \u{fc}#%.md", odd);
    repo.write("wiki/latin.md", b"# Caf\xe9\n");
    repo.write("skills/drain/assets/pic.bin", b"\x00\xff\x80");
    repo.commit("odd bytes");
    let mut session = Session::open(&repo, Era::Modern);
    assert_eq!(read(&mut session, "wiki://wiki/odd%20name%20%C3%BC%23%25.md")["text"], odd);
    assert!(listed(&mut session).iter().any(|it| {
        it["uri"] == "wiki://wiki/odd%20name%20%C3%BC%23%25.md" && it["title"] == "Odd"
    }));
    let latin = read(&mut session, "wiki://wiki/latin.md");
    assert_eq!((&latin["blob"], &latin["text"]), (&json!("IyBDYWbpCg=="), &Value::Null));
    let picture = read(&mut session, "skill://drain/assets/pic.bin");
    assert_eq!(
        (&picture["blob"], &picture["mimeType"]),
        (&json!("AP+A"), &json!("application/octet-stream"))
    );
}

#[test]
fn what_names_nothing_is_refused_with_its_address() {
    let repo = memory();
    repo.write("src/secret.rs", "fn main() {}\n");
    repo.write("wiki/notes.txt", "not a page\n");
    repo.commit("source");
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        let code = if era == Era::Modern { -32602 } else { -32002 };
        for uri in [
            "wiki://wiki/gone.md",
            "wiki://../x",
            "wiki://wiki/%2e%2e/%2e%2e/etc/passwd",
            "wiki://%2Fetc%2Fpasswd",
            "wiki:///etc/passwd",
            "wiki://.git/config",
            "wiki://%2egit/config",
            "wiki://wiki/../.git/HEAD",
            "wiki://src/secret.rs",
            "wiki://wiki/notes.txt",
            "wiki://prode.yaml",
            "wiki://wiki",
            "wiki://",
            "wiki://wiki/workers.md?x=1",
            "wiki://wiki\\workers.md",
            "wiki://wiki/workers.md%00",
            "adr://2",
            "adr://-1",
            "adr://one",
            "skill://drain",
            "skill://drain/../../wiki/workers.md",
            "skill://drain/%2e%2e/%2e%2e/wiki/workers.md",
            "skill://gone/SKILL.md",
            "skill://drain/gone.md",
            "file:///etc/passwd",
            "https://example.org/",
            "",
        ] {
            let error = refused(&mut session, uri);
            assert_eq!(error["code"], code, "{uri}: {error}");
            assert_eq!(error["data"]["uri"], uri, "{error}");
            assert!(error["data"]["hints"][0].is_string(), "{error}");
        }
        let long = format!("wiki://{}", "x".repeat(1_000_000));
        assert!(refused(&mut session, &long).to_string().len() < 3_000);
        read(&mut session, "wiki://wiki/workers.md");
    }
}

#[test]
fn a_page_is_read_up_to_a_limit_that_is_told() {
    let repo = memory();
    let large = format!("# Large\n\n{}\n", "a line of words\n".repeat(300_000));
    repo.write("wiki/large.md", &large);
    repo.write("wiki/too-large.md", large.repeat(2));
    repo.commit("large pages");
    let mut session = Session::open(&repo, Era::Modern);
    assert_eq!(read(&mut session, "wiki://wiki/large.md")["text"], large);
    let error = refused(&mut session, "wiki://wiki/too-large.md");
    assert_eq!(error["data"]["uri"], "wiki://wiki/too-large.md");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("more than 5000000 bytes") && message.contains("git show"), "{error}");
}

#[test]
fn numbers_and_names_that_two_have_are_no_addresses() {
    let repo = memory();
    repo.write("adr/0001-another.md", "# 1. Another\n\n## Status\n\nAccepted\n");
    repo.write(
        "skills/more/drain/SKILL.md",
        "---\nname: drain\ndescription: Drains as well\n---\n\n# Drain\n",
    );
    repo.commit("twins");
    let mut session = Session::open(&repo, Era::Modern);
    let uris: Vec<_> = listed(&mut session).iter().map(|it| it["uri"].clone()).collect();
    assert!(uris.contains(&json!("wiki://adr/0001-another.md")), "{uris:?}");
    assert!(uris.contains(&json!("wiki://adr/0001-queue.md")), "{uris:?}");
    let error = refused(&mut session, "adr://1");
    assert!(error["message"].as_str().unwrap().contains("0001-another"), "{error}");
}

#[test]
fn a_long_list_comes_in_parts_of_one_commit() {
    let repo = TestRepo::new();
    for number in 0..250 {
        repo.write(format!("wiki/page{number:03}.md"), format!("# Page {number}\n"));
    }
    repo.commit("many pages");
    let mut session = Session::open(&repo, Era::Modern);
    let first = session.request("resources/list", json!({}))["result"].clone();
    assert_eq!(first["resources"].as_array().unwrap().len(), 100);
    let cursor = first["nextCursor"].clone();
    repo.write("wiki/a-new-one.md", "# New\n");
    repo.commit("the trunk moves");
    let second = session.request("resources/list", json!({"cursor": cursor}))["result"].clone();
    assert_eq!(second["resources"][0]["uri"], "wiki://wiki/page100.md");
    let third = session.request("resources/list", json!({"cursor": second["nextCursor"]}));
    assert_eq!(third["result"]["resources"].as_array().unwrap().len(), 50);
    assert!(third["result"]["nextCursor"].is_null());
    assert_eq!(listed(&mut session).len(), 251);

    // A cursor of another list, of a tool, or a damaged one leads nowhere.
    let given = json!({"query": "page", "limit": 50, "max_tokens": 500});
    let of_tool = session.call("query", given)["structuredContent"]["next_cursor"].clone();
    assert!(of_tool.is_string());
    for (method, cursor) in
        [("skills/list", &cursor), ("resources/list", &of_tool), ("resources/list", &json!("x"))]
    {
        let answer = session.request(method, json!({"cursor": cursor}));
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
        assert!(answer["error"]["message"].as_str().unwrap().contains("cursor"), "{answer}");
    }
    let text = session.failing("query", json!({"query": "page", "cursor": cursor}));
    assert!(text.contains("the cursor belongs to a call with other arguments"), "{text}");
}

#[test]
fn templates_are_told_and_their_arguments_completed() {
    let repo = memory();
    for number in 0..120 {
        repo.write(format!("wiki/many/page{number:03}.md"), "# Page\n");
    }
    repo.commit("many pages");
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        let templates = session.request("resources/templates/list", json!({}))["result"].clone();
        let uris = templates["resourceTemplates"].as_array().unwrap().iter();
        let uris: Vec<_> = uris.map(|it| it["uriTemplate"].as_str().unwrap()).collect();
        let wanted = [
            "wiki://{+path}",
            "adr://{number}",
            "skill://{name}/SKILL.md",
            "skill://{name}/{+file}",
        ];
        assert_eq!(uris, wanted);
        let mut complete = |uri: &str, name: &str, value: &str, context: Value| {
            let params = json!({
                "ref": {"type": "ref/resource", "uri": uri},
                "argument": {"name": name, "value": value},
                "context": {"arguments": context},
            });
            session.request("completion/complete", params)
        };
        let one = complete("wiki://{+path}", "path", "wiki/run", json!({}));
        let one = &one["result"]["completion"];
        assert_eq!(one["values"], json!(["wiki/runbooks/queue.md"]));
        assert_eq!((&one["total"], &one["hasMore"]), (&json!(1), &json!(false)));
        let many = complete("wiki://{+path}", "path", "wiki/many/", json!({}));
        let many = &many["result"]["completion"];
        assert_eq!(many["values"].as_array().unwrap().len(), 100);
        assert_eq!((&many["total"], &many["hasMore"]), (&json!(120), &json!(true)));
        let values = |answer: Value| answer["result"]["completion"]["values"].clone();
        assert_eq!(values(complete("adr://{number}", "number", "", json!({}))), json!(["1"]));
        let names = complete("skill://{name}/SKILL.md", "name", "dr", json!({}));
        assert_eq!(values(names), json!(["drain"]));
        let file = "skill://{name}/{+file}";
        let files = complete(file, "file", "", json!({"name": "drain"}));
        assert_eq!(values(files), json!(["SKILL.md"]));
        assert_eq!(values(complete(file, "file", "", json!({"name": "gone"}))), json!([]));
        for answer in [
            complete("wiki://{+path}", "paht", "", json!({})),
            complete("file://{+path}", "path", "", json!({})),
            complete("wiki://{+path}", "path", &"x".repeat(5_000), json!({})),
        ] {
            assert_eq!(answer["error"]["code"], -32602, "{answer}");
        }
    }
}

#[test]
fn files_outside_git_are_resources_too() {
    let repo = TestRepo::no_repository();
    repo.write("wiki/page.md", "# Page\n");
    let mut session = Session::open(&repo, Era::Modern);
    assert_eq!(listed(&mut session).len(), 1);
    let content = read(&mut session, "wiki://wiki/page.md");
    assert_eq!(
        (&content["text"], &content["_meta"]["prode/cite"]),
        (&json!("# Page\n"), &json!("wiki/page.md"))
    );
    refused(&mut session, "wiki://../home/x");
}
