//! The examples as they stand in the README.

/// The shell blocks of a chapter, which begins with this title, in order.
pub(crate) fn examples(title: &str) -> Vec<String> {
    let readme = include_str!("../../README.md");
    let chapter = readme.split("\n## ").find(|chapter| chapter.starts_with(title)).expect("the chapter");
    chapter
        .split("```sh\n")
        .skip(1)
        .map(|rest| {
            let block = rest.split("```").next().unwrap_or_default();
            block.lines().map(str::trim_start).collect::<Vec<_>>().join("\n")
        })
        .collect()
}
