//! What many seeds amounted to.

use crate::small::seeds::Sum;
use std::fmt;

/// Names and numbers of what happened; each of them must happen among many seeds.
macro_rules! tally {
    ($($(#[$doc:meta])* $name:ident: $words:literal,)*) => {
        /// What seeds amounted to.
        #[derive(Clone, Copy, Default, Debug)]
        pub struct FileTally {
            $($(#[$doc])* pub $name: u64,)*
        }

        impl Sum for FileTally {
            fn add(&mut self, other: &Self) {
                $(self.$name += other.$name;)*
            }
        }

        impl FileTally {
            /// Whether everything that should happen among many seeds did.
            #[must_use]
            pub const fn reached_all(&self) -> bool {
                true $(&& self.$name > 0)*
            }
        }

        impl fmt::Display for FileTally {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let all = [$((self.$name, $words)),*].map(|(n, words)| format!("{n} {words}"));
                write!(f, "{}", all.join(", "))
            }
        }
    };
}

tally! {
    /// Pictures that people put into records.
    pictures: "pictures",
    /// Pieces that came and were proven.
    pieces: "pieces",
    /// Links that broke while a piece was under way on them.
    broken: "pieces cut in the middle",
    /// Homes that lost power with something half there.
    parts: "parts over a power cut",
    /// Pieces that a full disk refused.
    refused: "refused by a full disk",
    /// Answers of liars.
    lies: "answers of liars",
    /// Bytes that a disk changed.
    rotten: "changed by a disk",
    /// Asks of somebody who may not have it.
    snooped: "asks of who may not",
    /// Blobs that were collected.
    collected: "collected",
    /// Records erased or taken back.
    erased: "records erased or taken back",
    /// Devices held meanwhile.
    held: "devices held",
    /// Devices revoked.
    left: "devices revoked",
    /// Homes that referred to more than their share.
    floods: "floods",
    /// Pictures that are nowhere any more.
    lost: "pictures lost for ever",
}
