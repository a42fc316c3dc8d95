//! A neighbourhood with much in it, made through the running product: an office, households that hand in documents,
//! and as many posts, comments and notices as a benchmark asks for.

use crate::homes::{Running, ask, found, join, notice, options, until};
use crate::world::Seeded;
use anyhow::{Context as _, Result, anyhow};
use linli_base::Dice as _;
use linli_node::api::{AttachAct, Request};
use linli_node::home::{self, HomeOptions, Session};
use std::fs;
use std::path::Path;

/// Bytes of one document: five megabytes, as the page of quality has it.
pub const DOCUMENT: usize = 5_000_000;
/// Documents of one household: what one device may make others keep has room for them.
const EACH: usize = 50;
/// A sentence of the usual length of a post.
const SENTENCE: &str = "今晚七点想搬一张沙发下楼,需要两个人,谁能帮忙?谢谢。";

/// What is written beside the documents.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// Posts.
    pub posts: usize,
    /// Notices.
    pub notices: usize,
    /// Comments, one below each post from the first on.
    pub comments: usize,
}

impl Written {
    /// Records in all.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.posts + self.notices + self.comments
    }
}

/// Founds a community in `dir`, lets households hand in so many documents, and waits until the office holds them all.
/// The office's home.
///
/// # Errors
/// Whatever a home refuses.
pub fn with_documents(dir: &Path, documents: usize) -> Result<HomeOptions> {
    let office = options(dir, "office");
    found(&office)?;
    let at_office = Running::start(&office, Vec::new())?;
    let mut households = Vec::new();
    for (n, first) in (0..documents).step_by(EACH).enumerate() {
        let household = options(dir, &format!("household-{n}"));
        join(&office, &household, &format!("3-1-{}", 101 + n))?;
        let mut session = Session::open(&household).map_err(|f| anyhow!("{}", f.code))?;
        for document in first..documents.min(first + EACH) {
            hand_in(&household, &mut session, document)?;
        }
        drop(session);
        households.push(Running::start(&household, at_office.addrs.clone())?);
    }
    until("the documents at the office", || {
        Ok(whole(&office)? == documents)
    })?;
    for household in households {
        household.stop()?;
    }
    at_office.stop()?;
    Ok(office)
}

/// Writes the records into a home that nobody owns at the moment, each in a commit of its own.
///
/// # Errors
/// Whatever the home refuses.
pub fn write(office: &HomeOptions, written: Written) -> Result<()> {
    let mut session = Session::open(office).map_err(|f| anyhow!("{}", f.code))?;
    let mut posts = Vec::new();
    for n in 0..written.posts {
        let new = Request::PostNew {
            kind: "ask".into(),
            body: format!("{SENTENCE} {n}"),
        };
        posts.push(id(&mut session, new)?);
    }
    for (n, post) in posts.iter().cycle().take(written.comments).enumerate() {
        let comment = Request::PostComment {
            id: post.clone(),
            text: format!("{SENTENCE} {n}"),
        };
        said(&mut session, comment)?;
    }
    for n in 0..written.notices {
        said(&mut session, Request::NoticePublish(notice(n)))?;
    }
    Ok(())
}

/// Documents that lie whole in a home.
///
/// # Errors
/// The disk.
pub fn whole(home: &HomeOptions) -> Result<usize> {
    let folder = home.dir.join("blobs");
    if !folder.is_dir() {
        return Ok(0);
    }
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        count += usize::from(Path::new(&name).extension().is_some_and(|e| e == "blob"));
    }
    Ok(count)
}

/// Every byte of a home, read once; how many there are.
///
/// # Errors
/// The disk.
pub fn read(dir: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            bytes += read(&entry.path())?;
        } else if kind.is_file() {
            bytes += std::io::copy(&mut fs::File::open(entry.path())?, &mut std::io::sink())?;
        }
    }
    Ok(bytes)
}

fn hand_in(household: &HomeOptions, session: &mut Session, n: usize) -> Result<()> {
    let staged = home::attach::stage(household, &document(n), Some("说明.pdf"))
        .map_err(|f| anyhow!("{}", f.code))?;
    let act = AttachAct::PostNew {
        kind: "offer".into(),
        body: format!("{SENTENCE} {n}"),
        files: vec![staged],
    };
    said(session, Request::Attach { act })
}

/// A document of which no two bytes can be guessed from others.
fn document(n: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut noise = vec![0; DOCUMENT - 100];
    Seeded::new((n as u64) << 8 | 7).fill(&mut noise);
    bytes.append(&mut noise);
    let table = bytes.len() + 1;
    bytes.extend_from_slice(format!("\nxref\n0 1\nstartxref\n{table}\n%%EOF\n").as_bytes());
    bytes
}

fn said(session: &mut Session, request: Request) -> Result<()> {
    session
        .ask(request)
        .map(drop)
        .map_err(|f| anyhow!("{} {:?}", f.code, f.args))
}

fn id(session: &mut Session, request: Request) -> Result<String> {
    let answer = session
        .ask(request)
        .map_err(|f| anyhow!("{} {:?}", f.code, f.args))?;
    let id = answer.data["id"].as_str().context("a post without an id")?;
    Ok(id.to_owned())
}

/// Lets a household of a unit of its own join, and run until it holds so many documents.
///
/// # Errors
/// Whatever a home refuses.
pub fn joined(dir: &Path, office: &HomeOptions, documents: usize) -> Result<HomeOptions> {
    let at_office = Running::start(office, Vec::new())?;
    let household = options(dir, "fetching");
    join(office, &household, "5-1-101")?;
    let running = Running::start(&household, at_office.addrs.clone())?;
    until("the documents at a household", || {
        Ok(whole(&household)? == documents)
    })?;
    running.stop()?;
    at_office.stop()?;
    // The office answers again by its file alone.
    ask(office, Request::Status)?;
    Ok(household)
}
