//! The checks of an evidence pack, as auditors count them.

use crate::difference::{Difference, Fault};

macro_rules! checks {
    ($($(#[$meaning:meta])* $name:ident = $number:literal, $japanese:literal, $english:literal;)*) => {
        /// One of the checks, from V0 to V10.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Check {
            $($(#[$meaning])* $name,)*
        }

        impl Check {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its number, such as `V3`.
            pub const fn number(self) -> &'static str {
                match self { $(Self::$name => $number,)* }
            }

            /// What is checked, in Japanese.
            pub const fn japanese(self) -> &'static str {
                match self { $(Self::$name => $japanese,)* }
            }

            /// What is checked, in English.
            pub const fn english(self) -> &'static str {
                match self { $(Self::$name => $english,)* }
            }
        }
    };
}

checks! {
    /// Every file is the one that the signed list names, and every content the one of its name.
    Files = "V0", "ファイルと教材は、署名された目録のとおり", "files and contents are those of the signed list";
    /// Every line is a leaf of this log.
    Leaves = "V1", "証跡の一行ごとのハッシュ値", "the hash of each leaf";
    /// The leaves lead to the roots that were signed.
    Roots = "V2", "証跡から計算したルートが、すべてのチェックポイントと一致", "the leaves lead to the root of every checkpoint";
    /// The trusted key, or one that it handed over to, signed.
    Signatures = "V3", "署名と、鍵の引き継ぎ", "signatures, and how one key followed another";
    /// Time stamps are of their checkpoints, and follow each other.
    Stamps = "V4", "タイムスタンプ", "time stamps";
    /// No leaf is older than the one before it, or younger than a stamp that covers it.
    Times = "V5", "記録の日時の前後", "the time of each leaf between its neighbours and time stamps";
    /// Each row of a table says what its leaf says.
    Tables = "V6", "表の行と証跡が、一対一で同じ内容", "each row and its leaf say the same";
    /// What the reader kept agrees.
    Brought = "V7", "手元のチェックポイントと一致", "the checkpoints that you brought";
    /// No leaf is left out, no request was recorded twice.
    Sequence = "V8", "通し番号に抜けがなく、同じ操作が二重でない", "no number is left out, no request is there twice";
    /// Answers were judged as the content judges them.
    Grades = "V9", "解答の判定を、教材から計算しなおした結果と一致", "answers are judged as the content judges them";
    /// Private parts are those that leaves bind, or were erased.
    Private = "V10", "非公開の部分は証跡に結び付けたもの、または消去済み", "private parts are those that leaves bind, or were erased";
}

impl Fault {
    /// The check that finds it.
    pub const fn check(self) -> Check {
        match self {
            Self::MissingFile
            | Self::Unreadable
            | Self::UnlistedFile
            | Self::FileHash
            | Self::ManifestForm
            | Self::ManifestCount
            | Self::ContentName
            | Self::ContentMissing
            | Self::ContentHash => Check::Files,
            Self::LeafForm | Self::LeafLog | Self::LeafHash | Self::Foreign => Check::Leaves,
            Self::CheckpointForm
            | Self::CheckpointName
            | Self::CheckpointOrigin
            | Self::CheckpointRoot
            | Self::CheckpointBeyond
            | Self::ProofForm
            | Self::ProofMissing
            | Self::ProofLeaf
            | Self::Unsigned => Check::Roots,
            Self::ManifestSignature
            | Self::KeyFile
            | Self::KeyRotation
            | Self::CheckpointSignature
            | Self::Cosignature => Check::Signatures,
            Self::StampForm | Self::StampImprint | Self::StampOrder | Self::StampSignature => Check::Stamps,
            Self::Time | Self::PreviousCheckpoint | Self::StampTime => Check::Times,
            Self::TableForm | Self::RowLeaf | Self::RowTwice | Self::RowContent | Self::RowMissing => {
                Check::Tables
            }
            Self::Sequence | Self::Request | Self::HeadSize | Self::HeadFrontier | Self::HeadRoot => {
                Check::Sequence
            }
            Self::Grade => Check::Grades,
            Self::Beginnings => Check::Brought,
            Self::Identity
            | Self::PrivateForm
            | Self::PrivateLeaf
            | Self::PrivateMissing
            | Self::ErasureProof => Check::Private,
        }
    }
}

impl Difference {
    /// The check that found it.
    pub fn check(&self) -> Check {
        if self.file.starts_with("brought/") { Check::Brought } else { self.fault.check() }
    }
}
