//! The rules of a template, read from its front matter into types.

use super::{FieldRule, Need, SectionRule, Template};
use crate::diagnostic::Diagnostic;
use crate::hint::nearest;
use crate::template::plain;
use crate::yaml::{self, Node};

const KEYS: &[&str] = &["template", "kind", "description", "fields", "sections"];
const FIELD_KEYS: &[&str] = &["required"];
const SECTION_KEYS: &[&str] =
    &["heading", "aliases", "required", "before", "must_have", "columns", "or_states", "sections"];

impl Template {
    /// Reads a template from a file's text; `stem` names it where it does not
    /// name itself. What is wrong with its rules comes beside it; a rule that
    /// cannot be read is left out, and the rest holds.
    pub fn read(stem: &str, text: &str) -> (Self, Vec<Diagnostic>) {
        let mut reader = Reader::default();
        let mut template = Self {
            name: stem.to_owned(),
            kind: String::new(),
            description: String::new(),
            fields: Vec::new(),
            sections: Vec::new(),
            body: text.to_owned(),
        };
        let unix = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        match cut(&unix) {
            Some((rules, body)) => match yaml::read(rules) {
                Ok(root) => reader.template(root.as_ref(), rules, body, &mut template),
                Err(error) => {
                    body.clone_into(&mut template.body);
                    let message = format!("the template's rules are no YAML: {error}");
                    reader.say(error.line, error.column, message);
                }
            },
            None => template.body = unix,
        }
        if template.kind.is_empty() {
            template.kind.clone_from(&template.name);
        }
        (template, reader.found)
    }
}

/// The text between the first fences, and what follows.
fn cut(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---\n")?;
    let end =
        if rest.starts_with("---\n") { Some(0) } else { rest.find("\n---\n").map(|at| at + 1) }?;
    Some((&rest[..end], &rest[end + 4..]))
}

#[derive(Default)]
struct Reader {
    found: Vec<Diagnostic>,
}

impl Reader {
    /// `line` counts from the line below the opening fence.
    fn say(&mut self, line: u32, column: u32, message: impl Into<String>) {
        self.found.push(Diagnostic::error("template-rules", line + 1, column, message));
    }

    fn template(&mut self, root: Option<&Node>, rules: &str, body: &str, into: &mut Template) {
        let pairs = root.and_then(Node::pairs).unwrap_or_default();
        // A document of the kind itself: it has front matter and no rules.
        if !pairs
            .iter()
            .any(|(key, _)| matches!(key.text(), Some("template" | "sections" | "fields")))
        {
            into.body = format!("---\n{rules}---\n{body}");
            into.kind = text_at(pairs, "kind").unwrap_or_default();
            return;
        }
        body.clone_into(&mut into.body);
        for (key, value) in pairs {
            match key.text().unwrap_or_default() {
                "template" => into.name = self.text(key, value).unwrap_or_default(),
                "kind" => into.kind = self.text(key, value).unwrap_or_default(),
                "description" => into.description = self.text(key, value).unwrap_or_default(),
                "fields" => into.fields = self.fields(value),
                "sections" => into.sections = self.sections(value),
                other => self.unknown(key, other, KEYS),
            }
        }
        if into.name.trim().is_empty() {
            self.say(1, 1, "`template` names nothing");
        }
        self.befores(&into.sections, root);
    }

    fn unknown(&mut self, key: &Node, name: &str, known: &[&str]) {
        let near = match nearest(name, known.iter().copied()) {
            Some(near) => format!("; did you mean '{near}'?"),
            None => format!("; known are: {}", known.join(", ")),
        };
        self.say(key.line, key.column, format!("'{name}' is no rule of a template{near}"));
    }

    fn fields(&mut self, node: &Node) -> Vec<FieldRule> {
        let Some(pairs) = node.pairs() else {
            if !node.is_null() {
                self.say(node.line, node.column, "`fields` is no mapping of keys to rules");
            }
            return Vec::new();
        };
        let mut fields = Vec::new();
        for (key, value) in pairs {
            let mut required = false;
            for (rule, value) in value.pairs().unwrap_or_default() {
                if rule.text() == Some("required") {
                    required = self.yes_or_no(rule, value);
                } else {
                    self.unknown(rule, rule.text().unwrap_or_default(), FIELD_KEYS);
                }
            }
            if value.pairs().is_none() && !value.is_null() {
                self.say(value.line, value.column, "a field's rules are written {required: true}");
            }
            fields.push(FieldRule { name: key.text().unwrap_or_default().to_owned(), required });
        }
        fields
    }

    fn sections(&mut self, node: &Node) -> Vec<SectionRule> {
        let Some(items) = node.items() else {
            if !node.is_null() {
                self.say(node.line, node.column, "`sections` is no list");
            }
            return Vec::new();
        };
        items.iter().filter_map(|item| self.section(item)).collect()
    }

    fn section(&mut self, node: &Node) -> Option<SectionRule> {
        let Some(pairs) = node.pairs() else {
            self.say(node.line, node.column, "a section's rules are written {heading: …}");
            return None;
        };
        let mut rule = SectionRule::default();
        for (key, value) in pairs {
            match key.text().unwrap_or_default() {
                "heading" => rule.heading = self.text(key, value).unwrap_or_default(),
                "aliases" => rule.aliases = self.texts(key, value),
                "required" => rule.required = self.yes_or_no(key, value),
                "before" => rule.before = self.text(key, value),
                "must_have" => rule.must_have = self.needs(key, value),
                "columns" => rule.columns = self.texts(key, value),
                "or_states" => rule.or_states = self.text(key, value),
                "sections" => rule.sections = self.sections(value),
                other => self.unknown(key, other, SECTION_KEYS),
            }
        }
        if plain(&rule.heading).is_empty() {
            self.say(node.line, node.column, "a section has no heading");
            return None;
        }
        if !rule.columns.is_empty() && !rule.must_have.contains(&Need::Table) {
            rule.must_have.push(Need::Table);
        }
        Some(rule)
    }

    fn needs(&mut self, key: &Node, value: &Node) -> Vec<Need> {
        let mut needs = Vec::new();
        for name in self.texts(key, value) {
            let found = Need::ALL.iter().find(|(known, _)| *known == name);
            if let Some((_, need)) = found {
                needs.push(*need);
                continue;
            }
            let known = || Need::ALL.iter().map(|(known, _)| *known);
            let near = nearest(&name, known()).map_or_else(
                || format!("known are: {}", known().collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean '{near}'?"),
            );
            self.say(
                value.line,
                value.column,
                format!("a section cannot be asked for '{name}'; {near}"),
            );
        }
        needs
    }

    fn text(&mut self, key: &Node, value: &Node) -> Option<String> {
        if value.text().is_none() {
            let name = key.text().unwrap_or_default();
            self.say(value.line, value.column, format!("`{name}` is no text"));
        }
        value.text().map(str::to_owned)
    }

    /// A list of texts; one text is a list of one.
    fn texts(&mut self, key: &Node, value: &Node) -> Vec<String> {
        if value.is_null() {
            return Vec::new();
        }
        let Some(items) = value.items() else {
            return self.text(key, value).into_iter().collect();
        };
        items.iter().filter_map(|item| self.text(key, item)).collect()
    }

    fn yes_or_no(&mut self, key: &Node, value: &Node) -> bool {
        match value.text() {
            Some("true") => true,
            Some("false") => false,
            _ => {
                let name = key.text().unwrap_or_default();
                self.say(value.line, value.column, format!("`{name}` is neither true nor false"));
                false
            }
        }
    }

    /// Every `before` names a section beside it.
    fn befores(&mut self, sections: &[SectionRule], root: Option<&Node>) {
        for section in sections {
            let Some(before) = &section.before else { continue };
            if sections.iter().any(|other| other.is_called(before)) {
                continue;
            }
            let names = sections.iter().map(|other| other.heading.as_str());
            let near = nearest(before, names).map(|near| format!("; did you mean '{near}'?"));
            let (line, column) = place_of(root, before);
            let near = near.unwrap_or_default();
            self.say(
                line,
                column,
                format!("`before` names no section of the template: '{before}'{near}"),
            );
        }
        for section in sections {
            self.befores(&section.sections, root);
        }
    }
}

fn text_at(pairs: &[(Node, Node)], name: &str) -> Option<String> {
    let found = pairs.iter().find(|(key, _)| key.text() == Some(name))?;
    found.1.text().map(str::to_owned)
}

/// Where a text stands as the value of `before`.
fn place_of(root: Option<&Node>, before: &str) -> (u32, u32) {
    let mut place = (1, 1);
    if let Some(root) = root {
        root.walk(&mut |node| {
            for (key, value) in node.pairs().unwrap_or_default() {
                if key.text() == Some("before") && value.text() == Some(before) {
                    place = (value.line, value.column);
                }
            }
        });
    }
    place
}
