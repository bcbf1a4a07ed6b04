//! The pages as people meet them: in a browser, at every width, in every language, with the keyboard alone, without
//! scripts, and with texts that try to be more than texts.
//!
//! Every check goes over the table in [`screens`], which is all that a new page has to be added to. The browser is
//! Chromium; `cargo xtask test` says where it is. Where `QADAM_TEST_SCREENSHOTS` names a folder, a picture of every
//! screen is put there on the way.

#[cfg(test)]
mod accessibility;
#[cfg(test)]
mod attacks;
#[cfg(test)]
mod chromium;
#[cfg(test)]
mod colleagues;
#[cfg(test)]
mod demonstration;
#[cfg(test)]
mod document;
#[cfg(test)]
mod effort;
#[cfg(test)]
mod frame;
#[cfg(test)]
mod hand;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod injection;
#[cfg(test)]
mod journal;
#[cfg(test)]
mod keyboard;
#[cfg(test)]
mod layout;
#[cfg(test)]
mod links;
#[cfg(test)]
mod markup;
#[cfg(test)]
mod openid;
#[cfg(test)]
mod passkeys;
#[cfg(test)]
mod prepared;
#[cfg(test)]
mod provider;
#[cfg(test)]
mod readme_pictures;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod screens;
#[cfg(test)]
mod screenshots;
#[cfg(test)]
mod scripts_off;
#[cfg(test)]
mod second_factor;
#[cfg(test)]
mod sending;
#[cfg(test)]
mod shortcuts;
#[cfg(test)]
mod standing;
#[cfg(test)]
mod story;
#[cfg(test)]
mod survey;
#[cfg(test)]
mod sweep;
#[cfg(test)]
mod tab;
#[cfg(test)]
mod tokens;
#[cfg(test)]
mod traffic;
#[cfg(test)]
mod translating;
