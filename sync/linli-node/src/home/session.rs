//! A home that is asked many times by one program: a gate that serves a barrier.
//!
//! With an owner running every question goes over its socket. Without one, or once it is gone, this program opens
//! the home itself and keeps it: the gate's short memory (repeats, wrong PINs) lasts from one question to the next,
//! and a guard is not left alone when the daemon dies.

use super::files::HomeFiles;
use super::{HomeOptions, socket};
use crate::api::{Answer, Fault, Request};
use crate::owner::Owner;

/// An open home, or the way to its owner.
pub struct Session {
    options: HomeOptions,
    owner: Option<Box<Owner>>,
}

impl Session {
    /// Finds the owner, or opens the home.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn open(options: &HomeOptions) -> Result<Self, Fault> {
        let mut session = Self {
            options: options.clone(),
            owner: None,
        };
        if socket::OwnerStream::connect(options).is_none() {
            session.own()?;
        }
        Ok(session)
    }

    /// Asks. What was asked of an owner that died over it is not asked again: it may have been done.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn ask(&mut self, request: Request) -> Result<Answer, Fault> {
        let quiet = &mut |_: u64, _: u64| {};
        if self.owner.is_none() {
            if let Some(answer) = socket::ask_owner(&self.options, &request, quiet)? {
                return answer;
            }
            self.own()?;
        }
        let Some(owner) = &mut self.owner else {
            return Err(Fault::ours("our-fault"));
        };
        let answer = owner.handle(request, quiet);
        owner.settle()?;
        answer
    }

    fn own(&mut self) -> Result<(), Fault> {
        let (files, store, secrets) = HomeFiles::open(&self.options)?;
        let mut owner = Owner::open(files, store, &secrets)?;
        owner.patience = self.options.timeout;
        self.owner = Some(Box::new(owner));
        Ok(())
    }
}
