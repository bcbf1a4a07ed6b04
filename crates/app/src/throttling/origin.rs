//! Where a request comes from.

use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use qadam_domain::throttling::{Left, Quota};

use super::Limited;
use crate::error::AppError;
use crate::locks::lock;

/// Where a request comes from, and what it is told of its limits. The address is in no log, no table and no answer.
#[derive(Clone, Default)]
pub struct Origin {
    address: Option<IpAddr>,
    told: Arc<Mutex<Option<Allowance>>>,
}

/// What is left of a quota after what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// What is limited.
    pub limited: Limited,
    /// How often it may be done.
    pub quota: Quota,
    /// What is left.
    pub left: Left,
}

/// Leaves out the address.
impl fmt::Debug for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Origin").field("told", &self.told).finish_non_exhaustive()
    }
}

impl Origin {
    /// A request from an address; none where that tells nobody apart.
    pub fn new(address: Option<IpAddr>) -> Self {
        Self { address: address.map(|address| address.to_canonical()), told: Arc::default() }
    }

    /// Of the quotas that the request used, what is left of the one with the least left.
    pub fn told(&self) -> Option<Allowance> {
        *lock(&self.told)
    }

    /// The part of the address that tells one network from another.
    pub(super) fn network(&self) -> Option<Vec<u8>> {
        const NETWORK_OF_IPV6: usize = 8;
        self.address.map(|address| match address {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets().into_iter().take(NETWORK_OF_IPV6).collect(),
        })
    }

    pub(super) fn tell(&self, allowance: Allowance) {
        let mut told = lock(&self.told);
        if told.is_none_or(|told| allowance.left.times < told.left.times) {
            *told = Some(allowance);
        }
    }

    /// Notes what came of taking one more time.
    pub(super) fn count(&self, taken: Result<Allowance, AppError>) -> Result<(), AppError> {
        match taken {
            Ok(allowance) => {
                self.tell(allowance);
                Ok(())
            }
            Err(refused) => Err(self.refuse(refused)),
        }
    }

    pub(super) fn refuse(&self, refused: AppError) -> AppError {
        if let AppError::TooOften { limited, quota, seconds } = refused {
            *lock(&self.told) = Some(Allowance { limited, quota, left: Left { times: 0, seconds } });
        }
        refused
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_told_apart_and_neighbours_in_one_are_not() {
        let network = |text: &str| Origin::new(Some(text.parse().unwrap())).network().unwrap();
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
    }

    #[test]
    fn no_log_can_show_an_address() {
        let shown = format!("{:?}", Origin::new(Some("192.0.2.77".parse().unwrap())));
        assert!(!shown.contains("192"), "{shown}");
    }
}
