//! XML events with the few liberties a workbook's parts take: prefixes on names, empty elements, entities.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion, escape};

/// The part is not well-formed, or its container is broken.
#[derive(Debug)]
pub(super) struct BadXml;

/// A stream of events. An empty element comes as a start and an end.
pub(super) struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
}

impl<R: BufRead> Xml<R> {
    pub(super) fn new(part: R) -> Self {
        let mut reader = Reader::from_reader(part);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
        }
    }

    /// The next event.
    pub(super) fn next(&mut self) -> Result<Event<'_>, BadXml> {
        self.buffer.clear();
        self.reader
            .read_event_into(&mut self.buffer)
            .map_err(|_| BadXml)
    }

    /// Bytes read so far.
    pub(super) fn position(&self) -> u64 {
        self.reader.buffer_position()
    }

    /// Reads on to the end of the part, so that its checksum is compared.
    pub(super) fn drain(self) -> Result<(), BadXml> {
        let mut rest = self.reader.into_inner();
        std::io::copy(&mut rest, &mut std::io::sink())
            .map(|_| ())
            .map_err(|_| BadXml)
    }
}

/// An attribute by its name without prefix.
pub(super) fn attribute<'e>(
    element: &'e BytesStart<'_>,
    name: &str,
) -> Result<Option<Cow<'e, str>>, BadXml> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| BadXml)?;
        if attribute.key.local_name().as_ref() == name {
            return attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map(Some)
                .map_err(|_| BadXml);
        }
    }
    Ok(None)
}

/// Appends the text of an event, if it is one. An unknown entity stays as it is written.
pub(super) fn append_text(event: &Event<'_>, to: &mut String) {
    match event {
        Event::Text(text) => to.push_str(&text.xml10_content()),
        Event::CData(text) => to.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => match (
            reference.resolve_char_ref(),
            escape::resolve_xml_entity(reference),
        ) {
            (Ok(Some(c)), _) => to.push(c),
            (_, Some(text)) => to.push_str(text),
            _ => {
                to.push('&');
                to.push_str(reference);
                to.push(';');
            }
        },
        _ => {}
    }
}
