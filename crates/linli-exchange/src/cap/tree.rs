//! A small tree of a CAP file's elements, read within bounds.
//!
//! No document type is read, so there is neither an entity that grows nor a file that is fetched. Elements of other
//! namespaces below the root, such as a signature, are passed over.

use super::{CapError, CapFault, NAMESPACE, decode};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

/// An alert goes five deep, a signature in it some more.
const DEPTH_MAX: usize = 32;
/// Elements in one file.
const ELEMENTS_MAX: usize = 20_000;
const OLD: [&str; 2] = [
    "urn:oasis:names:tc:emergency:cap:1.1",
    "http://www.incident.com/cap/1.0",
];

/// An element.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) line: u32,
    pub(super) text: String,
    pub(super) children: Vec<Node>,
    /// Whether it is CAP's: others stand for themselves only, without content.
    ours: bool,
}

/// Reads the root element.
pub(super) fn read(bytes: &[u8]) -> Result<Node, CapError> {
    let text = decode::text(bytes)?;
    let mut reading = Reading {
        text: &text,
        seen: 0,
        line: 1,
        open: Vec::new(),
        elements: 0,
        root: None,
    };
    let mut reader = NsReader::from_str(&text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_comments = true;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        reading.advance(at);
        match reader.read_resolved_event() {
            Ok((_, Event::Eof)) => break,
            Ok((space, event)) => reading.take(&space, &event)?,
            Err(_) => return Err(reading.fault(CapFault::NotXml)),
        }
    }
    match reading.root.take() {
        Some(root) if reading.open.is_empty() => Ok(root),
        _ => Err(reading.fault(CapFault::NotXml)),
    }
}

struct Reading<'t> {
    text: &'t str,
    seen: usize,
    line: u32,
    open: Vec<Node>,
    elements: usize,
    root: Option<Node>,
}

impl Reading<'_> {
    /// Counts lines up to a place.
    fn advance(&mut self, to: usize) {
        let passed = self.text.get(self.seen..to).unwrap_or_default();
        let lines = passed.matches('\n').count();
        self.line = self
            .line
            .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.seen = to;
    }

    fn fault(&self, fault: CapFault) -> CapError {
        CapError {
            line: self.line,
            element: self
                .open
                .last()
                .map_or_else(String::new, |n| n.name.clone()),
            fault,
        }
    }

    fn take(&mut self, space: &ResolveResult<'_>, event: &Event<'_>) -> Result<(), CapError> {
        match event {
            Event::Start(start) => self.start(space, start),
            Event::End(_) => self.end(),
            Event::Text(text) => self.add(&text.xml10_content()),
            Event::CData(text) => self.add(&text.xml10_content()),
            Event::GeneralRef(name) => match (name.resolve_char_ref(), resolve_xml_entity(name)) {
                (Ok(Some(c)), _) => self.add(c.encode_utf8(&mut [0; 4])),
                (Ok(None), Some(text)) => self.add(text),
                (Err(_), _) => Err(self.fault(CapFault::Character)),
                _ => Err(self.fault(CapFault::Entity)),
            },
            Event::DocType(_) => Err(self.fault(CapFault::Doctype)),
            _ => Ok(()),
        }
    }

    fn start(&mut self, space: &ResolveResult<'_>, start: &BytesStart<'_>) -> Result<(), CapError> {
        self.elements += 1;
        if self.elements > ELEMENTS_MAX {
            return Err(self.fault(CapFault::TooLarge));
        }
        if self.open.len() >= DEPTH_MAX {
            return Err(self.fault(CapFault::TooDeep));
        }
        for attribute in start.attributes() {
            let sound =
                attribute.is_ok_and(|a| a.normalized_value(XmlVersion::Implicit1_0).is_ok());
            if !sound {
                return Err(self.fault(CapFault::NotXml));
            }
        }
        let ours = match space {
            ResolveResult::Bound(Namespace(name)) if *name == NAMESPACE => true,
            ResolveResult::Bound(Namespace(name)) if OLD.contains(name) => {
                return Err(self.fault(CapFault::OldVersion));
            }
            ResolveResult::Unknown(_) => return Err(self.fault(CapFault::NotXml)),
            _ => false,
        };
        let node = Node {
            name: start.local_name().as_ref().to_owned(),
            line: self.line,
            text: String::new(),
            children: Vec::new(),
            ours,
        };
        if self.open.is_empty() && (self.root.is_some() || !ours || node.name != "alert") {
            let fault = if self.root.is_some() {
                CapFault::NotXml
            } else {
                CapFault::NotCap
            };
            return Err(self.fault(fault));
        }
        self.open.push(node);
        Ok(())
    }

    fn end(&mut self) -> Result<(), CapError> {
        let Some(mut node) = self.open.pop() else {
            return Err(self.fault(CapFault::NotXml));
        };
        if node.ours && !node.children.is_empty() {
            if !node.text.trim().is_empty() {
                self.open.push(node);
                return Err(self.fault(CapFault::Unexpected));
            }
            node.text.clear();
        }
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        if node.ours {
            parent.children.push(node);
        } else if parent.ours && self.open.len() > 1 {
            // A signature stands below the root and nowhere else.
            self.open.push(node);
            return Err(self.fault(CapFault::Unexpected));
        }
        Ok(())
    }

    fn add(&mut self, text: &str) -> Result<(), CapError> {
        if !text.chars().all(allowed) {
            return Err(self.fault(CapFault::Character));
        }
        match self.open.last_mut() {
            Some(node) if node.ours => node.text.push_str(text),
            Some(_) => {}
            None if text.trim_start_matches('\u{feff}').trim().is_empty() => {}
            None if self.root.is_none() => return Err(self.fault(CapFault::NotCap)),
            None => return Err(self.fault(CapFault::NotXml)),
        }
        Ok(())
    }
}

/// The characters of XML 1.0.
pub(super) const fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
