//! The Skills extension: manifests as written, and digests that hold.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::memory;
use super::session::{ERAS, Era, Session};
use crate::support::TestRepo;

fn skills(session: &mut Session) -> Vec<Value> {
    let answer = session.request("skills/list", json!({}));
    answer["result"]["skills"].as_array().unwrap_or_else(|| panic!("{answer}")).clone()
}

fn bytes(session: &mut Session, uri: &Value) -> Vec<u8> {
    let content =
        session.request("resources/read", json!({"uri": uri}))["result"]["contents"][0].clone();
    match (content["text"].as_str(), content["blob"].as_str()) {
        (Some(text), _) => text.as_bytes().to_vec(),
        // Of the one file here that is no text.
        (_, Some("AP+A")) => vec![0, 0xff, 0x80],
        _ => panic!("{content}"),
    }
}

fn packaged() -> TestRepo {
    let repo = memory();
    repo.write(
        "skills/drain/SKILL.md",
        "---\nname: drain\ndescription: Drains a queue\nlicense: MIT\nmetadata:\n  owner: team-a\n\
         allowed-tools: Read Grep\nmodel: any\n---\n\n# Drain\n",
    );
    repo.write("skills/drain/references/a b.md", "# Reference\r\n");
    repo.write("skills/drain/assets/pic.bin", b"\x00\xff\x80");
    repo.write(
        "skills/drain-2/SKILL.md",
        "---\nname: drain-2\ndescription: Next to it\n---\n# D\n",
    );
    repo.commit("a package");
    repo
}

#[test]
fn a_skill_is_told_as_written_and_every_digest_holds() {
    let repo = packaged();
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        let skills = skills(&mut session);
        let uris: Vec<_> = skills.iter().map(|it| it["uri"].as_str().unwrap()).collect();
        assert_eq!(uris, ["skill://drain/SKILL.md", "skill://drain-2/SKILL.md"]);
        let front = json!({
            "name": "drain", "description": "Drains a queue", "license": "MIT",
            "metadata": {"owner": "team-a"}, "allowed-tools": "Read Grep", "model": "any",
        });
        assert_eq!(skills[0]["frontmatter"], front);
        let files = skills[0]["resources"].as_array().unwrap();
        let names: Vec<_> = files.iter().map(|it| it["uri"].as_str().unwrap()).collect();
        let wanted = [
            "skill://drain/SKILL.md",
            "skill://drain/assets/pic.bin",
            "skill://drain/references/a%20b.md",
        ];
        assert_eq!(names, wanted);
        for file in files {
            let bytes = bytes(&mut session, &file["uri"]);
            let digest = Sha256::digest(&bytes);
            let hex =
                digest.iter().fold("sha256:".to_owned(), |hex, it| hex + &format!("{it:02x}"));
            assert_eq!(file["digest"], hex, "{file}");
            assert_eq!(file["size"], bytes.len(), "{file}");
        }
        let got = session.request("skills/get", json!({"uri": "skill://drain/SKILL.md"}));
        assert_eq!(got["result"]["skill"], skills[0], "{got}");
        let kind = got["result"]["resultType"].clone();
        assert_eq!(kind, if era == Era::Modern { json!("complete") } else { Value::Null });
    }
}

#[test]
fn what_cannot_be_handed_out_whole_is_left_out_and_told_when_asked_for() {
    let repo = packaged();
    repo.write("skills/nameless/SKILL.md", "---\nname: nameless\n---\n# N\n");
    repo.write("skills/twin/a/SKILL.md", "---\nname: a\ndescription: One\n---\n# A\n");
    repo.write("skills/other/a/SKILL.md", "---\nname: a\ndescription: Two\n---\n# A\n");
    repo.write("skills/odd/SKILL.md", "---\nname: \"../odd\"\ndescription: Odd\n---\n# O\n");
    repo.write("skills/many/SKILL.md", "---\nname: many\ndescription: Many\n---\n# M\n");
    for number in 0..512 {
        repo.write(format!("skills/many/assets/{number}.txt"), "x");
    }
    repo.commit("broken packages");
    let mut session = Session::open(&repo, Era::Modern);
    let names: Vec<_> =
        skills(&mut session).iter().map(|it| it["frontmatter"]["name"].clone()).collect();
    assert_eq!(names, ["drain", "drain-2"]);
    for (uri, why) in [
        ("skill://nameless/SKILL.md", "breaks a rule"),
        ("skill://many/SKILL.md", "has 513 files, and at most 512 are read"),
        ("skill://a/SKILL.md", "a"),
        ("skill://gone/SKILL.md", "gone"),
        ("skill://drain/references/a%20b.md", "SKILL.md"),
        ("wiki://skills/drain/SKILL.md", ""),
        ("skill://../SKILL.md", ""),
    ] {
        let error = session.request("skills/get", json!({"uri": uri}))["error"].clone();
        assert_eq!(error["code"], -32602, "{uri}: {error}");
        assert!(error["message"].as_str().unwrap().contains(why), "{uri}: {error}");
    }
}

#[test]
fn many_skills_come_in_parts() {
    let repo = TestRepo::new();
    for number in 0..45 {
        let name = format!("s-{number:02}");
        let text = format!("---\nname: {name}\ndescription: Skill {number}\n---\n# S\n");
        repo.write(format!("skills/{name}/SKILL.md"), text);
    }
    repo.commit("many skills");
    let mut session = Session::open(&repo, Era::Modern);
    let (mut names, mut params) = (Vec::new(), json!({}));
    loop {
        let result = session.request("skills/list", params)["result"].clone();
        let part = result["skills"].as_array().unwrap();
        assert!(part.len() <= 20);
        names.extend(part.iter().map(|it| it["frontmatter"]["name"].as_str().unwrap().to_owned()));
        if result["nextCursor"].is_null() {
            break;
        }
        params = json!({"cursor": result["nextCursor"]});
    }
    let wanted: Vec<_> = (0..45).map(|number| format!("s-{number:02}")).collect();
    assert_eq!(names, wanted);
}
