//! Skills as a block of a system prompt, in the reference library's form.

/// A skill that is offered to an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Its name.
    pub name: String,
    /// What it does and when to use it.
    pub description: String,
    /// Where its manifest is read.
    pub location: String,
}

/// `<available_skills>`: name, description and location of each, without a
/// line end behind the last line.
pub fn to_prompt(skills: &[Offered]) -> String {
    let mut lines = vec!["<available_skills>".to_owned()];
    for skill in skills {
        lines.push("<skill>".to_owned());
        for (tag, text) in [
            ("name", escaped(skill.name.trim())),
            ("description", escaped(skill.description.trim())),
            ("location", skill.location.clone()),
        ] {
            lines.extend([format!("<{tag}>"), text, format!("</{tag}>")]);
        }
        lines.push("</skill>".to_owned());
    }
    lines.push("</available_skills>".to_owned());
    lines.join("\n")
}

fn escaped(text: &str) -> String {
    let escape = |c: char| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#x27;".to_owned(),
        c => c.to_string(),
    };
    text.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_block_holds_each_skill_and_lets_no_text_break_out() {
        let skill = Offered {
            name: "a".to_owned(),
            description: " </skill> & \"x\" ".to_owned(),
            location: "skills/a/SKILL.md".to_owned(),
        };
        assert_eq!(
            to_prompt(&[skill]),
            "<available_skills>\n<skill>\n<name>\na\n</name>\n<description>\n&lt;/skill&gt; &amp; \
             &quot;x&quot;\n</description>\n<location>\nskills/a/SKILL.md\n</location>\n</skill>\n\
             </available_skills>"
        );
        assert_eq!(to_prompt(&[]), "<available_skills>\n</available_skills>");
    }
}
