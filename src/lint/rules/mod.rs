//! All rules: one file and one row each.
//!
//! A row's order is that of the reference page. A rule that needs more than
//! the pages takes it from `Inputs` and is silent where it is not there.

mod decisions;
mod key_place;
mod notation;
mod notes;
mod outline;
mod prelude;
mod runbooks;
mod shapes;
mod table;
mod targets;

mod action_branches;
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
mod change_incomplete;
mod change_without_rollback;
mod changelog_behind;
mod codeowners_problem;
mod comment_instruction;
mod cross_environment_step;
mod decision_not_cited;
mod decision_without_rationale;
mod definition_of_done_missing;
mod destructive_step_unmarked;
mod dry_run_missing;
mod h1_twice;
mod heading_skips_level;
mod hidden_unicode;
mod ignore_unknown_rule;
mod ignore_without_reason;
mod image_missing;
mod index_misses_page;
mod irreversible_step;
mod kind_unknown;
mod link_ambiguous;
mod link_anchor;
mod link_broken;
mod link_case;
mod link_orphan;
mod link_own_forge;
mod mutable_tag;
mod open_question;
mod owner_missing;
mod owner_unknown;
mod page_near_duplicate;
mod page_problem;
mod phase_prompts_incomplete;
mod phase_without_check;
mod phases_share_files;
mod placeholder_left;
mod plan_not_mirrored;
mod plan_too_long;
mod post_condition_vague;
mod prompt_unproven;
mod readiness_row;
mod reading;
mod record_entry_lost;
mod record_malformed;
mod remote_image;
mod remote_script;
mod rfc_past_date;
mod risk_incomplete;
mod role_overlap;
mod rollback_not_proven;
mod route_test_failed;
mod runbook_escalation_vague;
mod runbook_mitigation_first;
mod runbook_mitigation_order;
mod runbook_step_without_command;
mod runbook_without_alert;
mod runbook_without_command;
mod runbook_without_contact;
mod secret_inline;
mod secret_without_reader;
mod section_empty;
mod service_runbook_missing;
mod settings_problem;
mod skill_body_empty;
mod skill_body_long;
mod skill_file_missing;
mod skill_flow_style;
mod skill_name_duplicate;
mod skill_notation;
mod skill_path_outside;
mod skill_script_not_runnable;
mod skill_yaml;
mod slo_budget_wrong;
mod slo_incomplete;
mod slo_without_attestation;
mod slo_without_burn_alert;
mod slo_without_dashboard;
mod slo_without_decision;
mod sop_gate_incomplete;
mod sop_gates;
mod stale_link;
mod status_unknown;
mod template;
mod template_malformed;
mod test_matrix_incomplete;
mod title_duplicate;

use super::rule::Rule;

pub(super) use ignore_unknown_rule::RULE as IGNORE_UNKNOWN_RULE;
pub(super) use ignore_without_reason::RULE as IGNORE_WITHOUT_REASON;
/// What pages about work say of each other.
pub(super) use notes::{is_noted, note};
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
    &stale_link::RULE,
    &link_own_forge::RULE,
    &image_missing::RULE,
    &link_orphan::RULE,
    &reading::FRONT_MATTER_MALFORMED,
    &reading::DATE_UNREADABLE,
    &reading::INTERVAL_UNREADABLE,
    &reading::SIGNAL_REGEX,
    &reading::SIGNAL_UNKNOWN,
    &reading::SIGNAL_TOO_MANY,
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
    &reading::INVALID_UTF8,
    &reading::OVERSIZE,
    &page_problem::RULE,
    &template::FIELD_MISSING,
    &template::SECTION_MISSING,
    &template::SECTION_EMPTY,
    &template::SECTION_ORDER,
    &template::SECTION_LACKS,
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
    &reading::SKILL_MANIFEST,
    &reading::SKILL_NAME,
    &reading::SKILL_DESCRIPTION,
    &reading::SKILL_COMPATIBILITY,
    &reading::SKILL_METADATA,
    &reading::SKILL_TOOLS,
    &reading::SKILL_KEY,
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
    &record_malformed::RULE,
    &record_entry_lost::RULE,
    &route_test_failed::RULE,
    &runbook_without_command::RULE,
    &runbook_without_contact::RULE,
    &runbook_mitigation_first::RULE,
    &runbook_step_without_command::RULE,
    &runbook_mitigation_order::RULE,
    &runbook_escalation_vague::RULE,
    &service_runbook_missing::RULE,
    &irreversible_step::RULE,
    &change_without_rollback::RULE,
    &change_incomplete::RULE,
    &action_branches::RULE,
    &post_condition_vague::RULE,
    &dry_run_missing::RULE,
    &destructive_step_unmarked::RULE,
    &cross_environment_step::RULE,
    &secret_inline::RULE,
    &secret_without_reader::RULE,
    &decision_not_cited::RULE,
    &open_question::RULE,
    &sop_gates::RULE,
    &sop_gate_incomplete::RULE,
    &risk_incomplete::RULE,
    &rollback_not_proven::RULE,
    &definition_of_done_missing::RULE,
    &test_matrix_incomplete::RULE,
    &rfc_past_date::RULE,
    &index_misses_page::RULE,
    &plan_too_long::RULE,
    &phase_without_check::RULE,
    &phase_prompts_incomplete::RULE,
    &plan_not_mirrored::RULE,
    &phases_share_files::RULE,
    &decision_without_rationale::RULE,
    &prompt_unproven::RULE,
    &changelog_behind::RULE,
    &role_overlap::RULE,
    &readiness_row::RULE,
    &slo_budget_wrong::RULE,
    &slo_incomplete::RULE,
    &slo_without_burn_alert::RULE,
    &slo_without_decision::RULE,
    &slo_without_dashboard::RULE,
    &slo_without_attestation::RULE,
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
mod tests;
