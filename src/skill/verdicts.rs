//! Verdicts on packages; those of the reference validators are compared in
//! `tests/peers/skills`.

use super::*;
use crate::diagnostic::Severity;

fn package(folder: &str, files: &[(&str, &str)]) -> Package {
    let file = |(path, text): &(&str, &str)| File {
        path: (*path).to_owned(),
        bytes: text.as_bytes().to_vec(),
        executable: false,
    };
    Package::new(folder, files.iter().map(file).collect())
}

/// The rules that a manifest breaks, errors before warnings.
fn rules(front: &str) -> Vec<(&'static str, Severity)> {
    let text = format!("---\n{front}---\n# T\n");
    let found = validate(&package("triage", &[("SKILL.md", &text)]));
    found.into_iter().map(|finding| (finding.rule, finding.severity)).collect()
}

#[test]
fn errors_are_those_of_the_format() {
    for (front, rule) in [
        ("name: triage\n", "skill-description"),
        ("name: triage\ndescription:\n", "skill-description"),
        ("description: d\n", "skill-name"),
        ("name: other\ndescription: d\n", "skill-name"),
        ("name: triage\ndescription: d\nmodel: x\n", "skill-key"),
        ("name: triage\ndescription: d\nname: triage\n", "skill-yaml"),
        ("name: triage\ndescription: a: b\n", "skill-yaml"),
        ("just text\n", "skill-manifest"),
        ("- a\n", "skill-manifest"),
        ("name: triage\ndescription: d\ncompatibility:\n  - a\n", "skill-compatibility"),
        ("name: !mine triage\ndescription: d\n", "skill-tag"),
    ] {
        assert_eq!(rules(front)[0], (rule, Severity::Error), "{front}");
    }
}

#[test]
fn what_parsers_dispute_is_a_warning() {
    for (front, rule) in [
        ("name: triage\ndescription: d\nmetadata: {a: b}\n", "skill-flow-style"),
        ("name: &n triage\ndescription: d\n", "skill-alias"),
        ("name: !!str triage\ndescription: d\n", "skill-tag"),
        ("name: triage\ndescription: 2026-01-01\n", "skill-scalar"),
        ("name: triage\ndescription: d\nallowed-tools:\n  - Read\n", "skill-tools"),
        ("name:\ttriage\ndescription: d\n", "skill-tab"),
        ("name: triage\ndescription: a --- b\n", "skill-fence"),
        ("name: triage\ndescription: d\nmetadata:\n  n: 1\n", "skill-metadata"),
    ] {
        assert_eq!(rules(front), [(rule, Severity::Warning)], "{front}");
    }
    assert_eq!(rules("name: triage\ndescription: d\nlicense: MIT\n"), []);
}

proptest::proptest! {
    #[test]
    fn any_bytes_get_a_verdict(front in "\\PC{0,80}", bytes in proptest::collection::vec(0u8..=255, 0..200)) {
        let manifest = |bytes: Vec<u8>| {
            let file = File { path: "SKILL.md".to_owned(), bytes, executable: false };
            validate(&Package::new("triage", vec![file]))
        };
        let text = format!("---\nname: triage\ndescription: {front}\n---\n# T\n");
        let found = manifest(text.into_bytes());
        proptest::prop_assert!(found.iter().all(|finding| finding.line <= 6));
        manifest(bytes);
    }
}

#[test]
fn a_line_is_that_of_the_file() {
    let text = "---\nname: triage\ndescription: d\nlicence: MIT\n---\n# T\n";
    let found = validate(&package("triage", &[("SKILL.md", text)]));
    assert_eq!((found[0].line, found[0].repair.as_str()), (4, "did you mean 'license'?"));
}

#[test]
fn files_of_the_package_are_looked_at() {
    let text = "---\nname: triage\ndescription: d\n---\n[a](references/a.md) [b](b.md) [c](../c.md) [d](https://x.org)\n";
    let sound = ("references/a.md", "[up](../SKILL.md)\n");
    let script = ("scripts/run.sh", "echo\n");
    let found = validate(&package("triage", &[("SKILL.md", text), sound, script]));
    let found: Vec<_> = found.iter().map(|it| (it.rule, it.path.as_str(), it.line)).collect();
    assert_eq!(
        found,
        [
            ("skill-reference", "SKILL.md", 5),
            ("skill-outside", "SKILL.md", 5),
            ("skill-script", "scripts/run.sh", 1)
        ]
    );
}

#[test]
fn a_folder_without_a_manifest_is_no_skill() {
    let found = validate(&package("triage", &[("README.md", "x")]));
    assert_eq!((found.len(), found[0].rule), (1, "skill-manifest"));
    let text = "---\nname: triage\ndescription: d\n---\nx\n";
    let found = validate(&package("triage", &[("skill.md", text)]));
    assert_eq!((found.len(), found[0].rule, found[0].path.as_str()), (1, "skill-case", "skill.md"));
}
