//! Mail: what the register writes to people, and how it leaves the machine.
//!
//! * `letters` – the texts, in the language of whoever reads them;
//! * `post` – SMTP: encrypted, unless the server is this machine or its address says that it need not be.
//!
//! A letter tells as little as it can: mail is read on the way and by whoever holds the mailbox. None names an item, a
//! text, an organisation, or another person.

mod letters;
mod post;

pub use letters::{
    AccountEvent, CheckpointLetter, DraftLetter, Letter, LinkLetter, LinkPurpose, NoticeLetter,
    checkpoint_letter, draft_letter, link_letter, notice_letter,
};
pub use post::{MailError, Post, PostSettings, check_recipient, check_sender, check_server};
