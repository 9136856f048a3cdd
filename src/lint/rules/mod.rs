//! All rules: one file and one row each.
//!
//! A row's order is that of the reference page. A rule that needs more than
//! the pages takes it from `Inputs` and is silent where it is not there.

mod decisions;
mod key_place;
mod notation;
mod shapes;
mod targets;

mod adr_accepted_text_changed;
mod adr_cited_in_code;
mod adr_cited_superseded;
mod adr_cycle;
mod adr_date_future;
mod adr_date_missing;
mod adr_link_dangling;
mod adr_link_one_sided;
mod adr_mention_unknown;
mod adr_number_duplicate;
mod adr_number_gap;
mod adr_number_taken;
mod adr_status_missing;
mod adr_status_unknown;
mod adr_superseded_without_successor;
mod adr_title_number;
mod agent_instruction;
mod alert_file_malformed;
mod alert_runbook_unknown;
mod alert_without_rotation;
mod alert_without_runbook;
mod anchor_duplicate;
mod archived_without_why;
mod change_without_rollback;
mod codeowners_problem;
mod comment_instruction;
mod date_unreadable;
mod front_matter_malformed;
mod h1_twice;
mod heading_skips_level;
mod hidden_unicode;
mod ignore_unknown_rule;
mod ignore_without_reason;
mod image_missing;
mod index_misses_page;
mod interval_unreadable;
mod invalid_utf8;
mod irreversible_step;
mod kind_unknown;
mod link_ambiguous;
mod link_anchor;
mod link_archived;
mod link_broken;
mod link_case;
mod link_own_forge;
mod mutable_tag;
mod oversize;
mod owner_missing;
mod owner_unknown;
mod page_near_duplicate;
mod page_orphan;
mod page_problem;
mod placeholder_left;
mod plan_too_long;
mod remote_image;
mod remote_script;
mod rfc_past_date;
mod route_test_failed;
mod runbook_without_alert;
mod runbook_without_command;
mod runbook_without_contact;
mod section_empty;
mod settings_problem;
mod signal_regex;
mod signal_too_many;
mod signal_unknown;
mod skill_body_empty;
mod skill_body_long;
mod skill_compatibility;
mod skill_description;
mod skill_file_missing;
mod skill_flow_style;
mod skill_key;
mod skill_manifest;
mod skill_metadata;
mod skill_name;
mod skill_name_duplicate;
mod skill_notation;
mod skill_path_outside;
mod skill_script_not_runnable;
mod skill_tools;
mod skill_yaml;
mod slo_budget_wrong;
mod status_unknown;
mod template_field_missing;
mod template_malformed;
mod template_section_empty;
mod template_section_lacks;
mod template_section_missing;
mod template_section_order;
mod title_duplicate;

use super::rule::Rule;

pub(super) use ignore_unknown_rule::RULE as IGNORE_UNKNOWN_RULE;
pub(super) use ignore_without_reason::RULE as IGNORE_WITHOUT_REASON;
/// The rule that compares the words of all pages.
pub(super) use page_near_duplicate::ID as NEEDS_WORDS;
pub(super) use page_problem::RULE as PAGE_PROBLEM;

/// Every rule.
#[rustfmt::skip]
pub static RULES: &[&Rule] = &[
    &link_broken::RULE,
    &link_anchor::RULE,
    &link_case::RULE,
    &link_ambiguous::RULE,
    &link_archived::RULE,
    &link_own_forge::RULE,
    &image_missing::RULE,
    &page_orphan::RULE,
    &front_matter_malformed::RULE,
    &date_unreadable::RULE,
    &interval_unreadable::RULE,
    &signal_regex::RULE,
    &signal_unknown::RULE,
    &signal_too_many::RULE,
    &status_unknown::RULE,
    &kind_unknown::RULE,
    &archived_without_why::RULE,
    &owner_missing::RULE,
    &owner_unknown::RULE,
    &h1_twice::RULE,
    &heading_skips_level::RULE,
    &anchor_duplicate::RULE,
    &section_empty::RULE,
    &placeholder_left::RULE,
    &title_duplicate::RULE,
    &page_near_duplicate::RULE,
    &invalid_utf8::RULE,
    &oversize::RULE,
    &page_problem::RULE,
    &template_field_missing::RULE,
    &template_section_missing::RULE,
    &template_section_empty::RULE,
    &template_section_order::RULE,
    &template_section_lacks::RULE,
    &template_malformed::RULE,
    &adr_number_duplicate::RULE,
    &adr_number_gap::RULE,
    &adr_title_number::RULE,
    &adr_link_one_sided::RULE,
    &adr_link_dangling::RULE,
    &adr_mention_unknown::RULE,
    &adr_cycle::RULE,
    &adr_superseded_without_successor::RULE,
    &adr_date_missing::RULE,
    &adr_date_future::RULE,
    &adr_status_missing::RULE,
    &adr_status_unknown::RULE,
    &adr_cited_superseded::RULE,
    &adr_cited_in_code::RULE,
    &adr_accepted_text_changed::RULE,
    &adr_number_taken::RULE,
    &skill_manifest::RULE,
    &skill_name::RULE,
    &skill_description::RULE,
    &skill_compatibility::RULE,
    &skill_metadata::RULE,
    &skill_tools::RULE,
    &skill_key::RULE,
    &skill_name_duplicate::RULE,
    &skill_file_missing::RULE,
    &skill_path_outside::RULE,
    &skill_body_empty::RULE,
    &skill_body_long::RULE,
    &skill_script_not_runnable::RULE,
    &skill_flow_style::RULE,
    &skill_notation::RULE,
    &skill_yaml::RULE,
    &hidden_unicode::RULE,
    &agent_instruction::RULE,
    &comment_instruction::RULE,
    &remote_image::RULE,
    &remote_script::RULE,
    &settings_problem::RULE,
    &codeowners_problem::RULE,
    &route_test_failed::RULE,
    &runbook_without_command::RULE,
    &runbook_without_contact::RULE,
    &irreversible_step::RULE,
    &change_without_rollback::RULE,
    &rfc_past_date::RULE,
    &index_misses_page::RULE,
    &plan_too_long::RULE,
    &slo_budget_wrong::RULE,
    &mutable_tag::RULE,
    &alert_without_runbook::RULE,
    &alert_without_rotation::RULE,
    &alert_runbook_unknown::RULE,
    &runbook_without_alert::RULE,
    &alert_file_malformed::RULE,
    &ignore_without_reason::RULE,
    &ignore_unknown_rule::RULE,
];

/// The rule with this id.
pub fn named(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_rule_has_its_own_name_and_whole_words() {
        let names: HashSet<&str> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(names.len(), RULES.len());
        for rule in RULES {
            let is_kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(rule.id.chars().all(is_kebab), "{}", rule.id);
            assert!(rule.why.ends_with('.') && !rule.summary.ends_with('.'), "{}", rule.id);
            assert!(!rule.repair.ends_with('.') && !rule.repair.is_empty(), "{}", rule.id);
        }
    }
}
