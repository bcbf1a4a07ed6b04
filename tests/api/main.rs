//! The register from outside, over its REST interface.

#[cfg(test)]
mod health;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod permissions;
#[cfg(test)]
mod scenes;
