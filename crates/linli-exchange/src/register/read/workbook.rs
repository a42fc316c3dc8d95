//! An XLSX workbook: which sheets it has, which of them is the register, and that sheet's rows.

use std::collections::BTreeSet;

use quick_xml::events::Event;

use super::MAX_ROWS;
use super::cells::{self, Context, Flow};
use super::package::Package;
use super::styles::date_styles;
use super::table::{self, Table};
use super::xml::{Xml, attribute};
use crate::register::{Column, DamagedPart, Encoding, FileKind, OtherSheet, ReadError, Sheet};

/// Most texts in the shared table: as many as the columns we know times the rows we read, and some.
const MAX_TEXTS: usize = MAX_ROWS * 16;

/// How many rows pass between two reports of progress.
const REPORT_EVERY: u32 = 256;

const WORKBOOK: ReadError = ReadError::Damaged {
    part: DamagedPart::Workbook,
};

/// A worksheet as the workbook lists it.
struct Listed {
    name: String,
    hidden: bool,
    path: String,
}

pub(super) fn read(bytes: &[u8], progress: &mut dyn FnMut(u64, u64)) -> Result<Sheet, ReadError> {
    let mut package = Package::open(bytes)?;
    let path = related(&mut package, "_rels/.rels", "")?
        .into_iter()
        .find(|relation| relation.kind == "officeDocument")
        .map(|relation| relation.path)
        .ok_or(ReadError::NotASheet {
            found: FileKind::Archive,
        })?;
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
    let relations = related(
        &mut package,
        &join(folder, &format!("_rels/{file}.rels")),
        folder,
    )?;
    let (listed, of_1904) = sheets(&mut package, &path, &relations)?;

    let side = |kind: &str| {
        relations
            .iter()
            .find(|r| r.kind == kind)
            .map(|r| r.path.clone())
    };
    let texts = match side("sharedStrings")
        .map(|path| package.part(&path))
        .transpose()?
        .flatten()
    {
        Some((part, _)) => cells::texts(part, MAX_TEXTS)?,
        None => Vec::new(),
    };
    // Styles only tell dates from numbers: a workbook whose styles cannot be read is still worth reading.
    let date_styles = match side("styles")
        .map(|path| package.part(&path))
        .transpose()?
        .flatten()
    {
        Some((part, _)) => date_styles(part).unwrap_or_default(),
        None => Vec::new(),
    };
    let context = Context {
        texts,
        date_styles,
        epoch: cells::epoch(of_1904),
    };
    choose(&mut package, &context, listed, progress)
}

/// Reads the first visible register whole and looks at the beginning of the other sheets.
fn choose(
    package: &mut Package<'_>,
    context: &Context,
    listed: Vec<Listed>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Sheet, ReadError> {
    let mut chosen: Option<(Listed, Table)> = None;
    let mut others = Vec::new();
    let mut any = false;
    let mut closest: BTreeSet<Column> = BTreeSet::new();
    for sheet in listed {
        let mut beginning = Table::default();
        read_rows(
            package,
            context,
            &sheet.path,
            &mut beginning,
            true,
            &mut |_, _| (),
        )?;
        let like_a_register = beginning.is_register()?;
        if like_a_register && !sheet.hidden && chosen.is_none() {
            let mut table = Table::default();
            read_rows(package, context, &sheet.path, &mut table, false, progress)?;
            chosen = Some((sheet, table));
            continue;
        }
        if !sheet.hidden {
            any |= beginning.any();
            if beginning.found().len() > closest.len() {
                closest = beginning.found();
            }
        }
        others.push(OtherSheet {
            name: sheet.name,
            hidden: sheet.hidden,
            like_a_register,
        });
    }
    match chosen {
        Some((sheet, table)) => table.finish(Some(sheet.name), Encoding::Workbook, others),
        None if any => Err(table::missing(&closest)),
        None => Err(ReadError::Empty),
    }
}

fn read_rows(
    package: &mut Package<'_>,
    context: &Context,
    path: &str,
    table: &mut Table,
    only_beginning: bool,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), ReadError> {
    let Some((part, size)) = package.part(path)? else {
        return Err(WORKBOOK);
    };
    let mut since = 0;
    cells::rows(part, context, &mut |row, position| {
        table.push(row)?;
        since += 1;
        if since >= REPORT_EVERY {
            since = 0;
            progress(position.min(size), size);
        }
        Ok(if only_beginning && table.decided() {
            Flow::Stop
        } else {
            Flow::On
        })
    })?;
    progress(size, size);
    Ok(())
}

/// A relation from one part to another.
struct Relation {
    id: String,
    kind: String,
    path: String,
}

/// The relations written in a part; none if the part is not there.
fn related(
    package: &mut Package<'_>,
    path: &str,
    folder: &str,
) -> Result<Vec<Relation>, ReadError> {
    let mut relations = Vec::new();
    let Some((part, _)) = package.part(path)? else {
        return Ok(relations);
    };
    let mut xml = Xml::new(part);
    loop {
        match xml.next().map_err(|_| WORKBOOK)? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let text = |name| attribute(&element, name).map_err(|_| WORKBOOK);
                if let (Some(id), Some(kind), Some(target)) =
                    (text("Id")?, text("Type")?, text("Target")?)
                {
                    relations.push(Relation {
                        id: id.into_owned(),
                        kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                        path: join(folder, &target),
                    });
                }
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// The worksheets in the order of their tabs, and whether days count from 1904.
fn sheets(
    package: &mut Package<'_>,
    path: &str,
    relations: &[Relation],
) -> Result<(Vec<Listed>, bool), ReadError> {
    let (part, _) = package.part(path)?.ok_or(WORKBOOK)?;
    let mut xml = Xml::new(part);
    let mut listed = Vec::new();
    let mut of_1904 = false;
    loop {
        match xml.next().map_err(|_| WORKBOOK)? {
            Event::Start(element) => {
                let text = |name| attribute(&element, name).map_err(|_| WORKBOOK);
                match element.local_name().as_ref() {
                    "workbookPr" => {
                        of_1904 |= text("date1904")?.is_some_and(|v| v == "1" || v == "true")
                    }
                    "sheet" => {
                        let id = text("id")?;
                        let relation = relations
                            .iter()
                            .find(|r| Some(r.id.as_str()) == id.as_deref());
                        // Charts and dialogues are sheets without cells.
                        if let Some(relation) = relation.filter(|r| r.kind == "worksheet") {
                            listed.push(Listed {
                                name: text("name")?.unwrap_or_default().into_owned(),
                                hidden: text("state")?.is_some_and(|state| state != "visible"),
                                path: relation.path.clone(),
                            });
                        }
                    }
                    _ => {}
                }
            }
            Event::Eof => return Ok((listed, of_1904)),
            _ => {}
        }
    }
}

/// A target relative to a folder, or from the root if it begins with a slash.
fn join(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut parts: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').collect()
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}
