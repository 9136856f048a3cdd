//! What each ingredient of a ranking counts, in one place.

use super::field::{FIELD_COUNT, FIELDS, Field};

/// Weights by field, and of what is looked at beside them.
///
/// Round on purpose: weights tuned to one corpus were worse on others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// What a word counts in a field: in the page's score, and in a section's.
    fields: [(f32, f32); FIELD_COUNT],
    /// What the best section adds beside the page as a whole.
    pub best_section: f32,
    /// What a title adds that the question holds as a whole.
    pub title_share: f32,
    /// What neighbouring words add at most that are neighbours in a title or in prose too.
    pub neighbours: [(Field, f32); 2],
    /// What a word of a long form counts where the question has the abbreviation.
    pub abbreviations: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            fields: FIELDS.map(|(_, _, _, page, section)| (page, section)),
            best_section: 0.35,
            title_share: 0.2,
            neighbours: [(Field::Title, 1.0), (Field::Body, 0.75)],
            abbreviations: 1.0,
        }
    }
}

impl Weights {
    /// These with one called `name` set to `value`; as they are where none is
    /// called so. A field's name sets both of its weights, in proportion, and
    /// `neighbours` scales both of its own.
    #[must_use]
    pub fn with(mut self, name: &str, value: f32) -> Self {
        match name {
            "best_section" => self.best_section = value,
            "title_share" => self.title_share = value,
            "abbreviations" => self.abbreviations = value,
            "neighbours" => {
                self.neighbours = self.neighbours.map(|(field, it)| (field, it * value));
            }
            _ => {
                for (at, (_, field, _, page, section)) in FIELDS.iter().enumerate() {
                    if *field == name && *page > 0.0 {
                        self.fields[at] = (value, value * (section / page));
                    }
                }
            }
        }
        self
    }

    /// What a word in `field` counts in the page's score.
    pub fn on_page(&self, field: Field) -> f32 {
        self.fields[field.index()].0
    }

    /// What a word in `field` counts in a section's score.
    pub fn in_section(&self, field: Field) -> f32 {
        self.fields[field.index()].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_sets_one_weight() {
        let usual = Weights::default();
        let heading = usual.with("heading", 1.0);
        assert_eq!(
            (heading.on_page(Field::Heading), heading.in_section(Field::Heading)),
            (1.0, 2.0)
        );
        assert_eq!(heading.on_page(Field::Title).to_bits(), 2.0_f32.to_bits());
        assert!(usual.with("neighbours", 0.0).neighbours.iter().all(|(_, it)| it.abs() < 1e-9));
        let all =
            usual.with("best_section", 0.5).with("title_share", 0.1).with("abbreviations", 0.0);
        assert_eq!((all.best_section, all.title_share, all.abbreviations), (0.5, 0.1, 0.0));
        assert_eq!(usual.with("nothing", 9.0), usual);
    }
}
