//! The register from outside, over its REST interface.

#[cfg(test)]
mod absence;
#[cfg(test)]
mod agenda_pages;
#[cfg(test)]
mod approvals;
#[cfg(test)]
mod approvers;
#[cfg(test)]
mod assessments;
#[cfg(test)]
mod attacks;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod bad_properties;
#[cfg(test)]
mod carry_over;
#[cfg(test)]
mod clocks;
#[cfg(test)]
mod closing;
#[cfg(test)]
mod co_filing;
#[cfg(test)]
mod codes;
#[cfg(test)]
mod colleagues;
#[cfg(test)]
mod contribution_levels;
#[cfg(test)]
mod contribution_redaction;
#[cfg(test)]
mod conventions;
#[cfg(test)]
mod day_checkpoint;
#[cfg(test)]
mod deadlines;
#[cfg(test)]
mod drafts;
#[cfg(test)]
mod evidence;
#[cfg(test)]
mod files;
#[cfg(test)]
mod freshness;
#[cfg(test)]
mod health;
#[cfg(test)]
mod histories;
#[cfg(test)]
mod indicators;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod link_cycles;
#[cfg(test)]
mod main_story;
#[cfg(test)]
mod merging;
#[cfg(test)]
mod milestones;
#[cfg(test)]
mod nodes;
#[cfg(test)]
mod notifications;
#[cfg(test)]
mod objections;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod openid;
#[cfg(test)]
mod openid_binding;
#[cfg(test)]
mod openid_journeys;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod passages;
#[cfg(test)]
mod passkeys;
#[cfg(test)]
mod permissions;
#[cfg(test)]
mod positions;
#[cfg(test)]
mod protocols;
#[cfg(test)]
mod questions;
#[cfg(test)]
mod readings;
#[cfg(test)]
mod receipts;
#[cfg(test)]
mod refreshing;
#[cfg(test)]
mod reporting_rounds;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod scenes;
#[cfg(test)]
mod shapes;
#[cfg(test)]
mod similar;
#[cfg(test)]
mod splitting;
#[cfg(test)]
mod statistics;
#[cfg(test)]
mod throttling;
#[cfg(test)]
mod translations;
#[cfg(test)]
mod updates;
