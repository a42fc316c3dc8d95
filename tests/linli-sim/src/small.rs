//! What the small worlds share ([`crate::gates`], [`crate::reach`], [`crate::files`]): homes of the product over disks in
//! memory, a community that they are founded into once, links between them, and the loop over seeds.

pub(crate) mod disk;
pub(crate) mod founding;
pub(crate) mod home;
pub(crate) mod mesh;
pub(crate) mod seeds;
