//! Charts drawn by the server: shapes that the stylesheet colours, each part a link to its rows. What a chart says
//! stands beside it as a sentence and as a table.

use std::fmt::Write as _;

use crate::markup::{Markup, escape};
use crate::tone::Tone;

/// How wide a chart is, in its own units; it grows and shrinks with the page.
const WIDTH: f64 = 1_000.0;

/// A part of a bar.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) tone: Tone,
    /// What it counts, in words.
    pub(crate) name: String,
    pub(crate) value: u64,
    /// Its rows.
    pub(crate) href: String,
}

/// One bar of parts that lie side by side. `name` says what it shows.
pub(crate) fn stacked_bar(name: &str, parts: &[Part]) -> Markup {
    const HEIGHT: f64 = 56.0;
    let total: u64 = parts.iter().map(|part| part.value).sum();
    let mut svg = opening(name, HEIGHT);
    let mut left = 0.0;
    for part in parts.iter().filter(|part| part.value > 0) {
        let width = WIDTH * ratio(part.value, total);
        link(&mut svg, part, |svg| {
            let _infallible = write!(
                svg,
                "<rect class=\"{}\" x=\"{left:.1}\" y=\"1\" width=\"{:.1}\" height=\"{}\"/>",
                part.tone.class(),
                (width - 2.0).max(1.0),
                HEIGHT - 2.0,
            );
        });
        left += width;
    }
    svg.push_str("</svg>");
    Markup(svg)
}

/// One line of bars over time, two for each period: what came in and what was said to be done.
pub(crate) fn columns(name: &str, periods: &[[Part; 2]], labels: &[String]) -> Markup {
    const HEIGHT: f64 = 220.0;
    const FOOT: f64 = 34.0;
    let most = periods.iter().flatten().map(|part| part.value).max().unwrap_or(0).max(1);
    let each = WIDTH / f64::from(u32::try_from(periods.len()).unwrap_or(1).max(1));
    let mut svg = opening(name, HEIGHT);
    let _infallible = write!(svg, "<path class=\"axis\" d=\"M0 {0:.1}H{WIDTH:.0}\"/>", HEIGHT - FOOT);
    let mut left = 0.0;
    for (pair, label) in periods.iter().zip(labels) {
        let width = each * 0.4;
        for (place, part) in pair.iter().enumerate().filter(|(_, part)| part.value > 0) {
            let height = (HEIGHT - FOOT - 20.0) * ratio(part.value, most);
            let x = left + each * 0.08 + if place == 0 { 0.0 } else { width + each * 0.04 };
            let y = HEIGHT - FOOT - height;
            link(&mut svg, part, |svg| {
                let _infallible = write!(
                    svg,
                    "<rect class=\"{}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>\
                     <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"20\">{}</text>",
                    part.tone.class(),
                    x + width / 2.0,
                    y - 5.0,
                    part.value,
                );
            });
        }
        let middle = left + each / 2.0;
        let _infallible = write!(
            svg,
            "<text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"20\" aria-hidden=\"true\">",
            HEIGHT - 8.0,
        );
        let _infallible = escape(label, &mut svg);
        svg.push_str("</text>");
        left += each;
    }
    svg.push_str("</svg>");
    Markup(svg)
}

/// A small bar in a table whose numbers stand beside it: seen, not read aloud.
pub(crate) fn small_bar(parts: &[(Tone, u64)], most: u64) -> Markup {
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH:.0} 90\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">"
    );
    let mut left = 0.0;
    for (tone, value) in parts.iter().filter(|(_, value)| *value > 0) {
        let width = WIDTH * ratio(*value, most);
        let _infallible = write!(
            svg,
            "<rect class=\"{}\" x=\"{left:.1}\" y=\"2\" width=\"{:.1}\" height=\"86\"/>",
            tone.class(),
            (width - 4.0).max(2.0),
        );
        left += width;
    }
    svg.push_str("</svg>");
    Markup(svg)
}

fn opening(name: &str, height: f64) -> String {
    let mut svg = format!("<svg viewBox=\"0 0 {WIDTH:.0} {height:.0}\" role=\"group\" aria-label=\"");
    let _infallible = escape(name, &mut svg);
    svg.push_str("\">");
    svg
}

fn link(svg: &mut String, part: &Part, draw: impl FnOnce(&mut String)) {
    svg.push_str("<a href=\"");
    let _infallible = escape(&part.href, svg);
    svg.push_str("\" aria-label=\"");
    let _infallible = escape(&part.name, svg);
    let _infallible = write!(svg, ": {}\">", part.value);
    draw(svg);
    svg.push_str("</a>");
}

fn ratio(part: u64, of: u64) -> f64 {
    let float = |number: u64| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    if of == 0 { 0.0 } else { float(part) / float(of) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_bar_is_a_link_that_says_what_it_counts() {
        let part = |value, name: &str| Part {
            tone: Tone::Moving,
            name: name.to_owned(),
            value,
            href: "/en/items?status=planned&lead=A".to_owned(),
        };
        let Markup(svg) = stacked_bar("By \"status\"", &[part(3, "<b>"), part(0, "none"), part(1, "c")]);
        assert!(svg.contains("aria-label=\"By &quot;status&quot;\""), "{svg}");
        assert!(
            svg.contains("<a href=\"/en/items?status=planned&amp;lead=A\" aria-label=\"&lt;b&gt;: 3\">"),
            "{svg}"
        );
        assert_eq!(svg.matches("<a ").count(), 2, "{svg}");
        assert!(svg.contains("width=\"748.0\"") && svg.contains("x=\"750.0\""), "{svg}");
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let Markup(svg) = small_bar(&[(Tone::Done, 0)], 0);
        assert!(!svg.contains("<rect"), "{svg}");
    }
}
