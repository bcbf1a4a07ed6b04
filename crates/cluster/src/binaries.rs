//! Where PostgreSQL's programs are.

use std::path::{Path, PathBuf};

use crate::programs::on_path;

/// The programs that a cluster needs.
const PROGRAMS: [&str; 4] = ["initdb", "pg_ctl", "pg_isready", "postgres"];
/// Where Debian keeps one folder a major version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// The oldest major version the register supports.
pub const OLDEST: u32 = 15;

/// The folder with PostgreSQL's programs, of the newest version there is, if all of them are there.
pub fn find() -> Option<PathBuf> {
    let versions = std::fs::read_dir(DEBIAN).ok().into_iter().flatten().flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        let folder = entry.path().join("bin");
        (version >= OLDEST && is_complete(&folder)).then_some((version, folder))
    });
    versions.max().map(|(_, folder)| folder).or_else(|| {
        let folder = on_path("initdb")?.parent()?.to_path_buf();
        is_complete(&folder).then_some(folder)
    })
}

fn is_complete(folder: &Path) -> bool {
    PROGRAMS.iter().all(|program| folder.join(program).is_file())
}
