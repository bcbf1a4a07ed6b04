//! Pictures of all screens for people to look at: taken on the way where the environment names a folder for them.

use std::path::PathBuf;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use qadam_tests::program::told;
use serde_json::json;

use crate::sweep::Look;
use crate::tab::Tab;

/// Names the folder that pictures are put in.
const VARIABLE: &str = "QADAM_TEST_SCREENSHOTS";

/// Widths that are worth a picture.
const WIDTHS: [u32; 2] = [360, 1280];

static FOLDER: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let folder = PathBuf::from(told(VARIABLE)?);
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    Some(folder)
});

/// Takes a picture of the whole page.
pub(crate) fn take(tab: &Tab, look: &Look, width: u32) {
    let Some(folder) = FOLDER.as_ref().filter(|_| WIDTHS.contains(&width)) else { return };
    let height = tab.value("document.documentElement.scrollHeight");
    let clip = json!({"x": 0, "y": 0, "width": width, "height": height, "scale": 1});
    let asked = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
    let picture = tab.call("Page.captureScreenshot", &asked);
    let bytes = STANDARD.decode(picture["data"].as_str().expect("a picture")).expect("base64");
    let screen: String =
        look.screen.path.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    let screen = if screen.is_empty() { "home" } else { &screen };
    let name = format!("{screen:.40}.{:?}.{}.{width}.png", look.screen.who, look.language);
    std::fs::write(folder.join(name), bytes).expect("a picture is written");
}
