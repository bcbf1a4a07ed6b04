//! The pictures of the README: taken where the environment names their folder, and otherwise held to be there and small.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use qadam_tests::program::told;
use serde_json::json;

use crate::demonstration::demonstration;
use crate::screens::Who;
use crate::tab::{HEIGHT, Tab, View};

/// Names the folder that the pictures are written to.
const VARIABLE: &str = "QADAM_TEST_PICTURES";

/// How many bytes a picture may have.
const BYTES_MAX: u64 = 120_000;

/// A picture of the README.
struct Picture {
    file: &'static str,
    /// The address with its language.
    path: &'static str,
    who: Who,
    width: u32,
}

const PICTURES: [Picture; 4] = [
    Picture { file: "overview.webp", path: "en/", who: Who::Nobody, width: 1280 },
    Picture { file: "item.webp", path: "kk/items/C-2026-0008", who: Who::Nobody, width: 360 },
    Picture { file: "work.webp", path: "ru/work", who: Who::Officer, width: 1280 },
    Picture { file: "filing.webp", path: "ru/items/new", who: Who::NgoMember, width: 360 },
];

#[test]
fn the_pictures_of_the_readme_are_there_and_small() {
    if let Some(folder) = told(VARIABLE) {
        for picture in &PICTURES {
            picture.take(Path::new(&folder));
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the README");
    for picture in &PICTURES {
        let path = format!("docs/pictures/{}", picture.file);
        assert!(readme.contains(&path), "the README shows no {path}");
        let size = std::fs::metadata(root.join(&path)).map(|file| file.len());
        assert!(size.as_ref().is_ok_and(|size| (1_000..BYTES_MAX).contains(size)), "{path}: {size:?}");
    }
}

impl Picture {
    /// Takes the picture of what is seen first.
    fn take(&self, folder: &Path) {
        let (demonstration, mut tab) = (demonstration(), Tab::open());
        tab.become_somebody(demonstration.url(), demonstration.cookie(self.who).as_deref());
        tab.look(View { width: self.width, dark: false });
        tab.visit(&format!("{}/{}", demonstration.url(), self.path));
        let clip = json!({"x": 0, "y": 0, "width": self.width, "height": HEIGHT, "scale": 1});
        let asked = json!({"format": "webp", "quality": 75, "captureBeyondViewport": false, "clip": clip});
        let picture = tab.call("Page.captureScreenshot", &asked);
        let bytes = STANDARD.decode(picture["data"].as_str().expect("a picture")).expect("base64");
        std::fs::create_dir_all(folder).expect("a folder for pictures");
        std::fs::write(folder.join(self.file), bytes).expect("a picture is written");
    }
}
