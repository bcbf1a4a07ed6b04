//! Notifications: who is told of what happened to an item, and why.

use crate::items::assessments::coded;

coded! {
    /// Why somebody is told, strongest first.
    NotificationReason {
        /// A report of a colleague waits for their approval.
        Approves => "approves",
        /// They wrote the report.
        Wrote => "wrote",
        /// Their organisation filed the item.
        Submitted => "submitted",
        /// It implements an item that their organisation filed.
        ImplementsSubmitted => "implements_submitted",
        /// Their body is asked to report.
        Asked => "asked",
        /// Their body owns the item.
        Owns => "owns",
        /// They follow the item.
        Follows => "follows",
    }
}
