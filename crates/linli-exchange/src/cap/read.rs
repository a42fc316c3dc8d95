//! From the tree of elements to an alert: every element once or more as the schema says, its words from its list.

use super::tree::{self, Node};
use super::{Alert, Area, CapError, CapFault, Info, Reference, Resource, Stamp};

impl Alert {
    /// Reads a file. Elements may stand in any order; nothing else is forgiven.
    ///
    /// # Errors
    /// [`CapError`] with element and line.
    pub fn read(bytes: &[u8]) -> Result<Self, CapError> {
        let mut of = Parts::of(tree::read(bytes)?);
        let alert = Self {
            identifier: of.name("identifier")?,
            sender: of.name("sender")?,
            sent: stamp(&of.one("sent")?)?,
            status: word(&of.one("status")?, super::Status::parse)?,
            msg_type: word(&of.one("msgType")?, super::MsgType::parse)?,
            source: of.text("source")?,
            scope: word(&of.one("scope")?, super::Scope::parse)?,
            restriction: of.text("restriction")?,
            addresses: of.text("addresses")?,
            codes: of.texts("code")?,
            note: of.text("note")?,
            references: match of.maybe("references")? {
                Some(node) => references(&node)?,
                None => Vec::new(),
            },
            incidents: of.text("incidents")?,
            infos: of
                .many("info")
                .into_iter()
                .map(info)
                .collect::<Result<_, _>>()?,
        };
        of.done()?;
        Ok(alert)
    }
}

fn info(node: Node) -> Result<Info, CapError> {
    let mut of = Parts::of(node);
    let categories = of.many("category");
    if categories.is_empty() {
        return Err(of.missing("category"));
    }
    let info = Info {
        language: of.text("language")?.map(|tag| tag.trim().to_owned()),
        categories: categories
            .iter()
            .map(|node| word(node, super::Category::parse))
            .collect::<Result<_, _>>()?,
        event: leaf(of.one("event")?)?,
        responses: of
            .many("responseType")
            .iter()
            .map(|node| word(node, super::ResponseType::parse))
            .collect::<Result<_, _>>()?,
        urgency: word(&of.one("urgency")?, super::Urgency::parse)?,
        severity: word(&of.one("severity")?, super::Severity::parse)?,
        certainty: word(&of.one("certainty")?, super::Certainty::parse)?,
        audience: of.text("audience")?,
        event_codes: of.pairs("eventCode")?,
        effective: of.stamp("effective")?,
        onset: of.stamp("onset")?,
        expires: of.stamp("expires")?,
        sender_name: of.text("senderName")?,
        headline: of.text("headline")?,
        description: of.text("description")?,
        instruction: of.text("instruction")?,
        web: of.text("web")?,
        contact: of.text("contact")?,
        parameters: of.pairs("parameter")?,
        resources: of
            .many("resource")
            .into_iter()
            .map(resource)
            .collect::<Result<_, _>>()?,
        areas: of
            .many("area")
            .into_iter()
            .map(area)
            .collect::<Result<_, _>>()?,
    };
    of.done()?;
    Ok(info)
}

fn resource(node: Node) -> Result<Resource, CapError> {
    let mut of = Parts::of(node);
    let resource = Resource {
        desc: leaf(of.one("resourceDesc")?)?,
        mime_type: leaf(of.one("mimeType")?)?,
        size: of.text("size")?,
        uri: of.text("uri")?,
        deref_uri: of.text("derefUri")?,
        digest: of.text("digest")?,
    };
    of.done()?;
    Ok(resource)
}

fn area(node: Node) -> Result<Area, CapError> {
    let mut of = Parts::of(node);
    let area = Area {
        desc: leaf(of.one("areaDesc")?)?,
        polygons: of.texts("polygon")?,
        circles: of.texts("circle")?,
        geocodes: of.pairs("geocode")?,
        altitude: of.text("altitude")?,
        ceiling: of.text("ceiling")?,
    };
    of.done()?;
    Ok(area)
}

/// `sender,identifier,sent`, several apart by white space.
fn references(node: &Node) -> Result<Vec<Reference>, CapError> {
    let read = |group: &str| {
        let mut parts = group.split(',');
        let (sender, identifier, sent) = (parts.next()?, parts.next()?, parts.next()?);
        let whole = parts.next().is_none() && !sender.is_empty() && !identifier.is_empty();
        Some(Reference {
            sender: sender.to_owned(),
            identifier: identifier.to_owned(),
            sent: Stamp::parse(sent).filter(|_| whole)?,
        })
    };
    bare(node)?
        .split_whitespace()
        .map(|group| read(group).ok_or_else(|| fault(node, CapFault::Reference)))
        .collect()
}

fn word<T>(node: &Node, parse: impl Fn(&str) -> Option<T>) -> Result<T, CapError> {
    parse(bare(node)?).ok_or_else(|| fault(node, CapFault::Word))
}

fn stamp(node: &Node) -> Result<Stamp, CapError> {
    Stamp::parse(bare(node)?.trim()).ok_or_else(|| fault(node, CapFault::Time))
}

fn leaf(node: Node) -> Result<String, CapError> {
    bare(&node)?;
    Ok(node.text)
}

/// The text of an element that has no elements in it.
fn bare(node: &Node) -> Result<&str, CapError> {
    match node.children.first() {
        None => Ok(&node.text),
        Some(child) => Err(fault(child, CapFault::Unexpected)),
    }
}

fn fault(node: &Node, fault: CapFault) -> CapError {
    CapError {
        line: node.line,
        element: node.name.clone(),
        fault,
    }
}

/// The children of an element, taken one after the other.
struct Parts {
    line: u32,
    left: Vec<Node>,
}

impl Parts {
    fn of(node: Node) -> Self {
        Self {
            line: node.line,
            left: node.children,
        }
    }

    fn missing(&self, name: &str) -> CapError {
        CapError {
            line: self.line,
            element: name.to_owned(),
            fault: CapFault::Missing,
        }
    }

    fn many(&mut self, name: &str) -> Vec<Node> {
        let (found, left) = std::mem::take(&mut self.left)
            .into_iter()
            .partition(|node| node.name == name);
        self.left = left;
        found
    }

    fn maybe(&mut self, name: &str) -> Result<Option<Node>, CapError> {
        let mut found = self.many(name).into_iter();
        let first = found.next();
        match found.next() {
            Some(second) => Err(fault(&second, CapFault::Twice)),
            None => Ok(first),
        }
    }

    fn one(&mut self, name: &str) -> Result<Node, CapError> {
        self.maybe(name)?.ok_or_else(|| self.missing(name))
    }

    /// What names a message: one word that a reference can hold.
    fn name(&mut self, name: &str) -> Result<String, CapError> {
        let node = self.one(name)?;
        let text = bare(&node)?.trim();
        if text.is_empty() {
            return Err(fault(&node, CapFault::Empty));
        }
        Ok(text.to_owned())
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, CapError> {
        self.maybe(name)?.map(leaf).transpose()
    }

    fn texts(&mut self, name: &str) -> Result<Vec<String>, CapError> {
        self.many(name).into_iter().map(leaf).collect()
    }

    fn stamp(&mut self, name: &str) -> Result<Option<Stamp>, CapError> {
        self.maybe(name)?.as_ref().map(stamp).transpose()
    }

    fn pairs(&mut self, name: &str) -> Result<Vec<(String, String)>, CapError> {
        let pair = |node| {
            let mut of = Self::of(node);
            let pair = (leaf(of.one("valueName")?)?, leaf(of.one("value")?)?);
            of.done()?;
            Ok(pair)
        };
        self.many(name).into_iter().map(pair).collect()
    }

    /// What nobody took has no place here.
    fn done(self) -> Result<(), CapError> {
        match self.left.first() {
            None => Ok(()),
            Some(node) => Err(fault(node, CapFault::Unexpected)),
        }
    }
}
