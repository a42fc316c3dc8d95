//! A frame on its way, with what the checkers want to know of it read once.

use linli_base::{CommunityId, Entry, Header};
use linli_protocol::Frame;
use linli_protocol::frame::Heads;

/// A frame and what it says.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The bytes on the stream.
    pub bytes: Vec<u8>,
    /// What they say.
    pub says: Says,
}

/// An entry or act in a frame.
#[derive(Clone, Debug)]
pub struct Carries {
    /// Its header.
    pub header: Header,
    /// Its id.
    pub id: linli_base::EntryId,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a frame says, as far as somebody checks it.
#[derive(Clone, Debug)]
pub enum Says {
    /// Here are entries.
    Entries(Vec<Carries>),
    /// Here are acts.
    Acts(Vec<Carries>),
    /// I hold these.
    Holds(Heads),
    /// Here are statements.
    Statements(Vec<Vec<u8>>),
    /// Here are epochs.
    Epochs(Vec<Vec<u8>>),
    /// The opening of a link, or its end.
    Manners,
    /// Through with a frame, or please send.
    Asks,
    /// Cannot be read.
    Noise,
}

impl Parcel {
    /// Reads a frame.
    #[must_use]
    pub fn read(bytes: Vec<u8>, community: &CommunityId) -> Self {
        let carries = |bytes: Vec<u8>| {
            let header = Entry::decode(&bytes).ok()?.header;
            let id = header.id(community);
            Some(Carries { header, id, bytes })
        };
        let says = match Frame::decode(&bytes) {
            Err(_) => Says::Noise,
            Ok(Frame::Hello(_) | Frame::Bye(_)) => Says::Manners,
            Ok(Frame::Epochs(list)) => Says::Epochs(list),
            Ok(Frame::Heads(heads)) => Says::Holds(heads),
            Ok(Frame::Have(heads)) => Says::Holds(Heads {
                heads,
                ..Heads::default()
            }),
            Ok(Frame::Entries { entries, .. }) => {
                Says::Entries(entries.into_iter().filter_map(carries).collect())
            }
            Ok(Frame::Acts(acts)) => Says::Acts(
                acts.into_iter()
                    .filter_map(|(entry, _)| carries(entry))
                    .collect(),
            ),
            Ok(Frame::Statements(list)) => Says::Statements(list),
            Ok(Frame::Done(_) | Frame::Want(_)) => Says::Asks,
        };
        Self { bytes, says }
    }

    /// Whether the protocol promises to notice if just this frame vanishes: heads are exchanged again, and
    /// with them what hangs on heads. The rest travels once a link, on a stream that loses nothing.
    #[must_use]
    pub const fn may_vanish(&self) -> bool {
        matches!(self.says, Says::Entries(_) | Says::Holds(_) | Says::Asks)
    }

    /// Whether it is worth trying again later: what a replay attacker would keep.
    #[must_use]
    pub const fn is_substance(&self) -> bool {
        matches!(
            self.says,
            Says::Entries(_) | Says::Acts(_) | Says::Statements(_) | Says::Epochs(_)
        )
    }

    /// One word for the trace.
    #[must_use]
    pub fn word(&self) -> String {
        match &self.says {
            Says::Entries(list) => {
                let all: Vec<String> = list
                    .iter()
                    .map(|c| {
                        let h = &c.header;
                        format!("{}/{:?}#{}", h.device, h.class, h.seq)
                    })
                    .collect();
                format!("entries {}", all.join(" "))
            }
            Says::Acts(list) => format!("{} acts", list.len()),
            Says::Holds(heads) => {
                let (h, a, s) = (heads.heads.len(), heads.acts.len(), heads.statements.len());
                format!("holds {h} heads {a} acts {s} statements")
            }
            Says::Statements(list) => format!("{} statements", list.len()),
            Says::Epochs(list) => format!("{} epochs", list.len()),
            Says::Manners => "hello or bye".to_owned(),
            Says::Asks => "done or want".to_owned(),
            Says::Noise => "noise".to_owned(),
        }
    }
}
