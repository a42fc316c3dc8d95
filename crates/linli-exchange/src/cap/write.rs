//! An alert as XML, its elements in the order of the schema.

use super::{Alert, Area, Info, NAMESPACE, Resource};
use crate::xml::Xml;

impl Alert {
    /// The message as a whole file in UTF-8. What XML cannot hold comes out as U+FFFD.
    #[must_use]
    pub fn xml(&self) -> String {
        let mut out = Xml::new();
        out.open_with("alert", &[("xmlns", NAMESPACE)]);
        out.leaf("identifier", &self.identifier);
        out.leaf("sender", &self.sender);
        out.leaf("sent", &self.sent.to_string());
        out.leaf("status", self.status.word());
        out.leaf("msgType", self.msg_type.word());
        out.maybe("source", self.source.as_deref());
        out.leaf("scope", self.scope.word());
        out.maybe("restriction", self.restriction.as_deref());
        out.maybe("addresses", self.addresses.as_deref());
        for code in &self.codes {
            out.leaf("code", code);
        }
        out.maybe("note", self.note.as_deref());
        if !self.references.is_empty() {
            let each = self.references.iter();
            let each: Vec<String> = each
                .map(|r| format!("{},{},{}", r.sender, r.identifier, r.sent))
                .collect();
            out.leaf("references", &each.join(" "));
        }
        out.maybe("incidents", self.incidents.as_deref());
        for info in &self.infos {
            write_info(&mut out, info);
        }
        out.close("alert");
        out.finish()
    }
}

fn write_info(out: &mut Xml, info: &Info) {
    out.open("info");
    out.maybe("language", info.language.as_deref());
    for category in &info.categories {
        out.leaf("category", category.word());
    }
    out.leaf("event", &info.event);
    for response in &info.responses {
        out.leaf("responseType", response.word());
    }
    out.leaf("urgency", info.urgency.word());
    out.leaf("severity", info.severity.word());
    out.leaf("certainty", info.certainty.word());
    out.maybe("audience", info.audience.as_deref());
    pairs(out, "eventCode", &info.event_codes);
    let times = [
        ("effective", info.effective),
        ("onset", info.onset),
        ("expires", info.expires),
    ];
    for (name, at) in times {
        out.maybe(name, at.map(|at| at.to_string()).as_deref());
    }
    out.maybe("senderName", info.sender_name.as_deref());
    out.maybe("headline", info.headline.as_deref());
    out.maybe("description", info.description.as_deref());
    out.maybe("instruction", info.instruction.as_deref());
    out.maybe("web", info.web.as_deref());
    out.maybe("contact", info.contact.as_deref());
    pairs(out, "parameter", &info.parameters);
    for resource in &info.resources {
        write_resource(out, resource);
    }
    for area in &info.areas {
        write_area(out, area);
    }
    out.close("info");
}

fn write_resource(out: &mut Xml, resource: &Resource) {
    out.open("resource");
    out.leaf("resourceDesc", &resource.desc);
    out.leaf("mimeType", &resource.mime_type);
    out.maybe("size", resource.size.as_deref());
    out.maybe("uri", resource.uri.as_deref());
    out.maybe("derefUri", resource.deref_uri.as_deref());
    out.maybe("digest", resource.digest.as_deref());
    out.close("resource");
}

fn write_area(out: &mut Xml, area: &Area) {
    out.open("area");
    out.leaf("areaDesc", &area.desc);
    for polygon in &area.polygons {
        out.leaf("polygon", polygon);
    }
    for circle in &area.circles {
        out.leaf("circle", circle);
    }
    pairs(out, "geocode", &area.geocodes);
    out.maybe("altitude", area.altitude.as_deref());
    out.maybe("ceiling", area.ceiling.as_deref());
    out.close("area");
}

fn pairs(out: &mut Xml, name: &'static str, pairs: &[(String, String)]) {
    for (key, value) in pairs {
        out.open(name);
        out.leaf("valueName", key);
        out.leaf("value", value);
        out.close(name);
    }
}
