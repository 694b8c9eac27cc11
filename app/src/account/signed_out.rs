//! After signing out.

/// The page after signing out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignedOut {
    /// It was a shared PC: the next person is invited.
    pub shared_pc: bool,
}
