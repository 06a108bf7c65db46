//! Shares: one run of several that divide the same inputs among them, on as many machines.
//!
//! Which share an input belongs to follows from the path of its outputs alone, so that each run finds it by itself, and one that is added moves no other.

use crate::digest::sha256;
use crate::error::Cause;
use serde::{Deserialize, Serialize};

/// One of a number of shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Share {
    /// Which, from 0.
    pub index: u32,
    /// Of how many, at least 1.
    pub of: u32,
}

/// The word by which the variables of the system say which share a run is.
const AUTO: &str = "auto";

impl Share {
    /// The share that is written `I/N`; or `auto`, `auto/N`: what the variables of an Indexed Job of Kubernetes or of an array of Slurm say.
    ///
    /// # Errors
    /// When it says no share, or the variables do not.
    pub fn parse(text: &str, variable: impl Fn(&str) -> Option<String>) -> Result<Self, Cause> {
        let none = || Cause::NoShare { text: text.to_owned() };
        let number = |text: &str| text.trim().parse::<u32>().map_err(|_| none());
        let (index, of) = match text.split_once('/') {
            Some((index, of)) => (index, Some(number(of)?)),
            None if text == AUTO => (text, None),
            None => return Err(none()),
        };
        let (index, of) = match index {
            AUTO => {
                let known = |name: &str| variable(name).map(|value| number(&value)).transpose();
                let (index, count) = if let Some(index) = known("JOB_COMPLETION_INDEX")? {
                    (index, known("JOB_COMPLETION_COUNT")?)
                } else if let Some(id) = known("SLURM_ARRAY_TASK_ID")? {
                    let first = known("SLURM_ARRAY_TASK_MIN")?.unwrap_or(0);
                    let step = known("SLURM_ARRAY_TASK_STEP")?.unwrap_or(1).max(1);
                    (id.checked_sub(first).ok_or_else(none)? / step, known("SLURM_ARRAY_TASK_COUNT")?)
                } else {
                    return Err(Cause::NoShareVariable);
                };
                (index, of.or(count).ok_or_else(none)?)
            }
            index => (number(index)?, of.ok_or_else(none)?),
        };
        if index < of { Ok(Share { index, of }) } else { Err(none()) }
    }

    /// Whether what has this name belongs to it: by the first eight bytes of the SHA-256 of the name.
    pub fn holds(self, name: &str) -> bool {
        let digest = sha256(name.as_bytes());
        // The digest is hexadecimal.
        let number = digest.get(..16).and_then(|hex| u64::from_str_radix(hex, 16).ok()).unwrap_or_default();
        number % u64::from(self.of.max(1)) == u64::from(self.index)
    }

    /// The name of the folder of its outputs, in that of all: `3-of-16`.
    pub fn folder(self) -> String {
        format!("{}-of-{}", self.index, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str, set: &[(&str, &str)]) -> Option<(u32, u32)> {
        let variable = |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Share::parse(text, variable).ok().map(|share| (share.index, share.of))
    }

    #[test]
    fn a_share_is_typed_or_told_by_variables() {
        assert_eq!(parsed("0/3", &[]), Some((0, 3)));
        for wrong in ["3/3", "0/0", "-1/3", "1", "1/", "/3", "a/3", "auto", "auto/3"] {
            assert_eq!(parsed(wrong, &[]), None, "{wrong}");
        }
        let job = [("JOB_COMPLETION_INDEX", "2")];
        assert_eq!((parsed("auto/4", &job), parsed("auto/2", &job), parsed("auto", &job)), (Some((2, 4)), None, None));
        assert_eq!(parsed("auto", &[job[0], ("JOB_COMPLETION_COUNT", "8")]), Some((2, 8)));
        let array = [
            ("SLURM_ARRAY_TASK_ID", "25"),
            ("SLURM_ARRAY_TASK_MIN", "5"),
            ("SLURM_ARRAY_TASK_STEP", "10"),
            ("SLURM_ARRAY_TASK_COUNT", "4"),
        ];
        assert_eq!(parsed("auto", &array), Some((2, 4)));
        assert_eq!(parsed("auto", &array[..1]), None);
    }

    #[test]
    fn every_name_belongs_to_one_share_and_none_is_favoured() {
        let shares: Vec<Share> = (0..4).map(|index| Share { index, of: 4 }).collect();
        let mut counts = [0; 4];
        for name in (0..4000).map(|n| format!("1998/{n}")) {
            let holding: Vec<usize> = (0..4).filter(|&i| shares[i].holds(&name)).collect();
            assert_eq!(holding.len(), 1, "{name}");
            counts[holding[0]] += 1;
        }
        assert!(counts.iter().all(|count| (900..1100).contains(count)), "{counts:?}");
        // SHA-256 of "a" begins with ca978112ca1bbdca.
        assert!(Share { index: (0xca97_8112_ca1b_bdca_u64 % 7) as u32, of: 7 }.holds("a"));
    }
}
