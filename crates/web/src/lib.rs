//! The face of the register that people read and work with: pages made on the server, over the same use cases as the
//! REST API. Everything works without scripts and without anything from elsewhere.
//!
//! * [`visit`] – who asks for which page in which language; what is done for every page;
//! * [`page`] – what every page shows around its own matter;
//! * `render` – a template becomes an answer;
//! * `format` – days, periods and numbers as each language writes them;
//! * `markup` – texts of people, marked by their language;
//! * `form` – what was sent with a form;
//! * `failure` – refusals as pages;
//! * `kept` – pages that the public is given again while nothing has changed;
//! * `assets` – the stylesheet, the script and the icon.
//!
//! A page is a template in `templates/`, which holds no text of its own: every word is in `locales/`. Its module makes
//! what the template shows, calls one use case and decides nothing.

mod about;
mod account;
mod assets;
mod calendar;
mod charts;
mod failure;
mod fields;
mod form;
mod format;
mod home;
mod items;
mod kept;
mod markup;
mod meetings;
mod organisations;
pub mod page;
mod render;
mod router;
mod signing_in;
mod sitemap;
mod state;
mod tone;
mod topics;
pub mod visit;

pub use router::router;
