//! The face of the register that people read and work with: pages made on the server, over the same use cases as the
//! REST API. Everything works without scripts and without anything from elsewhere.
//!
//! * [`visit`] – who asks for which page in which language; what is done for every page;
//! * [`page`] – what every page shows around its own matter;
//! * `render` – a template becomes an answer;
//! * `format` – days, periods and numbers as each language writes them;
//! * `markup` – texts of people, marked by their language;
//! * `filing` – writing an item in steps, and filing it;
//! * `form` – what was sent with a form;
//! * `glossary` – the register's own words in its three languages;
//! * `failure` – refusals as pages;
//! * `kept` – pages that the public is given again while nothing has changed;
//! * `assets` – the stylesheet, the script and the icon.
//!
//! A page is a template in `templates/`, which holds no text of its own: every word is in `locales/`. Its module makes
//! what the template shows, calls one use case and decides nothing.

mod about;
mod account;
mod administration;
mod approvals;
mod assets;
mod calendar;
mod charts;
mod failure;
mod fields;
mod filing;
mod forgotten;
mod form;
mod format;
mod glossary;
mod home;
mod items;
mod kept;
mod markup;
mod meetings;
mod moderation;
mod organisations;
pub mod page;
mod qr_code;
mod render;
mod rounds;
mod router;
mod security_txt;
mod shortcuts;
mod signing_in;
mod sitemap;
mod state;
mod tone;
mod topics;
mod translations;
pub mod visit;
mod work;

pub use router::router;
