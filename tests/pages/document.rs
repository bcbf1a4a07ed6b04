//! A page read as the standard of HTML says: its elements in their order, and what a parser finds wrong.

use std::collections::BTreeMap;
use std::rc::Rc;

use html5ever::tendril::TendrilSink as _;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element of a page.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// The words within it.
    pub(crate) text: String,
    /// The elements that it stands in, by their places, the innermost last.
    pub(crate) within: Vec<usize>,
}

impl Element {
    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }

    pub(crate) fn is(&self, names: &[&str]) -> bool {
        names.contains(&self.name.as_str())
    }
}

/// A page.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) elements: Vec<Element>,
    /// What the parser found wrong.
    pub(crate) errors: Vec<String>,
}

impl Document {
    pub(crate) fn read(html: &str) -> Self {
        let tokenizer = TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() };
        let options = ParseOpts { tokenizer, ..ParseOpts::default() };
        let dom = parse_document(RcDom::default(), options).one(html);
        let errors = dom.errors.borrow().iter().map(|error| (**error).to_owned()).collect();
        let mut document = Self { elements: Vec::new(), errors };
        document.add(&dom.document, &mut Vec::new());
        document
    }

    fn add(&mut self, node: &Handle, within: &mut Vec<usize>) {
        match &node.data {
            NodeData::Text { contents } => {
                for place in within.iter() {
                    self.elements[*place].text.push_str(&contents.borrow());
                }
            }
            NodeData::Element { name, attrs, .. } => {
                let pairs = attrs.borrow();
                let pairs = pairs.iter().map(|pair| (pair.name.local.to_string(), pair.value.to_string()));
                let (name, attributes) = (name.local.to_string(), pairs.collect());
                let element = Element { name, attributes, text: String::new(), within: within.clone() };
                within.push(self.elements.len());
                self.elements.push(element);
                self.add_children(node, within);
                within.pop();
            }
            _ => self.add_children(node, within),
        }
    }

    fn add_children(&mut self, node: &Handle, within: &mut Vec<usize>) {
        let children: Vec<Handle> = node.children.borrow().iter().map(Rc::clone).collect();
        for child in &children {
            self.add(child, within);
        }
    }

    /// The elements with one of some names.
    pub(crate) fn named<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(|element| element.is(names))
    }

    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.elements.iter().any(|element| element.get("id") == Some(id))
    }

    /// The elements within one.
    pub(crate) fn inside<'a>(&'a self, element: &'a Element) -> impl Iterator<Item = &'a Element> {
        let place = self.elements.iter().position(|other| std::ptr::eq(other, element));
        self.elements.iter().filter(move |other| place.is_some_and(|place| other.within.contains(&place)))
    }
}
