//! What a check found to be different from what it must be, told so that a person can go and look.

use std::collections::BTreeMap;
use std::fmt;

macro_rules! faults {
    ($($(#[$meaning:meta])* $name:ident = $japanese:literal, $english:literal;)*) => {
        /// The kinds of difference.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Fault {
            $($(#[$meaning])* $name,)*
        }

        impl Fault {
            /// What it means, in Japanese.
            pub const fn japanese(self) -> &'static str {
                match self { $(Self::$name => $japanese,)* }
            }

            /// What it means, in English.
            pub const fn english(self) -> &'static str {
                match self { $(Self::$name => $english,)* }
            }
        }
    };
}

faults! {
    /// A file that every pack has, or that the manifest lists, is not there.
    MissingFile = "必要なファイルがありません", "a file is missing";
    /// A file that cannot be read to its end.
    Unreadable = "ファイルを最後まで読めません", "a file cannot be read to its end";
    /// A file that the manifest does not list.
    UnlistedFile = "目録にないファイルがあります", "a file is not in the manifest";
    /// A file's SHA-256 is not the one in the manifest.
    FileHash = "ファイルの内容が目録のハッシュ値と一致しません", "a file is not the one that the manifest lists";
    /// The manifest cannot be read.
    ManifestForm = "目録を読み取れません", "the manifest cannot be read";
    /// The manifest is not signed by the log's key.
    ManifestSignature = "目録の署名を確認できません", "the manifest is not signed by the key of the log";
    /// The manifest counts something else than the pack holds.
    ManifestCount = "目録の件数と実際の件数が違います", "the manifest counts something else";
    /// `vkey.txt` is not the key that the reader trusts.
    KeyFile = "同梱の検証鍵が、手元の検証鍵と違います", "the key in the pack is not the key you trust";
    /// A line or row is not a leaf.
    LeafForm = "証跡の書式が正しくありません", "this is not a leaf";
    /// A leaf of another log.
    LeafLog = "別の証跡ログの記録が混ざっています", "this leaf is of another log";
    /// The stored hash of a leaf is not that of its stored bytes.
    LeafHash = "記録の内容と保存されたハッシュ値が一致しません", "the stored hash is not that of the stored leaf";
    /// Leaf numbers are not 0, 1, 2 and so on.
    Sequence = "記録の通し番号が続いていません", "the numbers of the leaves do not follow each other";
    /// Two leaves of one request.
    Request = "同じ操作が二重に記録されています", "one request was recorded twice";
    /// A leaf says it is older than the one before it.
    Time = "記録の日時が前の記録より古くなっています", "this leaf says it is older than the one before";
    /// A leaf names a checkpoint that could not exist yet.
    PreviousCheckpoint = "まだ存在しないチェックポイントを参照しています", "this leaf names a checkpoint of the future";
    /// A new signing key that cannot be read.
    KeyRotation = "新しい検証鍵を読み取れません", "the new key cannot be read";
    /// Not a checkpoint.
    CheckpointForm = "チェックポイントを読み取れません", "this is not a checkpoint";
    /// A file is not named after the size that it states.
    CheckpointName = "チェックポイントのファイル名と内容が違います", "the checkpoint is not the one of its file name";
    /// A checkpoint of another log.
    CheckpointOrigin = "別の証跡ログのチェックポイントです", "this checkpoint is of another log";
    /// A checkpoint that the log's key did not sign.
    CheckpointSignature = "チェックポイントの署名を確認できません", "this checkpoint is not signed by the key of the log";
    /// A signature in the name of a witness that the witness did not make.
    Cosignature = "証人の署名を確認できません", "this is not a signature of the witness";
    /// The leaves do not lead to the root that was signed: one of them was altered, removed, added or moved.
    CheckpointRoot = "署名された時点から記録が変わっています", "the leaves are not those that were signed";
    /// A checkpoint of more leaves than there are.
    CheckpointBeyond = "署名された時点より記録が少なくなっています", "there are fewer leaves than were signed";
    /// Not the reply of a time stamp authority with a token.
    StampForm = "タイムスタンプを読み取れません", "this is not a time stamp";
    /// A token over something else than the checkpoint beside it.
    StampImprint = "このチェックポイントのタイムスタンプではありません", "this time stamp is not of this checkpoint";
    /// A token that is older than the newest leaf under its checkpoint: the leaf, or the clock that it was written by, was ahead.
    StampTime = "タイムスタンプより後の日時の記録が含まれています", "this time stamp is older than a leaf that it covers";
    /// A token that is older than that of a smaller checkpoint.
    StampOrder = "前のチェックポイントのタイムスタンプより古くなっています", "this time stamp is older than that of an earlier checkpoint";
    /// A token whose signature does not lead to a certificate that the reader trusts.
    StampSignature = "タイムスタンプの署名を確認できません", "the signature of this time stamp does not lead to a certificate that you trust";
    /// Not a proof, or one under another checkpoint.
    ProofForm = "証明を読み取れません", "the proof cannot be read";
    /// A leaf without a proof, or a proof without a leaf.
    ProofMissing = "記録と証明が一つずつ対になっていません", "leaves and proofs are not in pairs";
    /// A leaf that is not where its proof says.
    ProofLeaf = "署名された証跡の、その番号の記録ではありません", "this is not the leaf of that number in the log that was signed";
    /// A leaf of somebody whom a part is not of.
    Foreign = "この証跡パックの対象でない人の記録です", "this is of somebody whom this pack is not of";
    /// Leaves after the last checkpoint in a pack.
    Unsigned = "最後のチェックポイントより後の記録は署名されていません", "the leaves after the last checkpoint are not signed";
    /// The log's stored size is not the number of its leaves.
    HeadSize = "保存された件数と記録の件数が違います", "the stored size is not the number of leaves";
    /// The log's stored frontier is not that of its leaves.
    HeadFrontier = "保存された途中のハッシュ値が記録と一致しません", "the stored frontier is not that of the leaves";
    /// The log's stored root is not that of its leaves.
    HeadRoot = "保存されたルートが記録と一致しません", "the stored root is not that of the leaves";
    /// Not a table in the form that the pack uses.
    TableForm = "表を読み取れません", "the table cannot be read";
    /// A row without a leaf of its kind.
    RowLeaf = "表の行に対応する証跡がありません", "this row has no leaf of its kind";
    /// Two rows of one leaf.
    RowTwice = "一つの証跡に表の行が二つあります", "two rows are of one leaf";
    /// A row says something else than its leaf.
    RowContent = "表の行が証跡と一致しません", "this row says something else than its leaf";
    /// A leaf that has no row in its table.
    RowMissing = "証跡に対応する行が表にありません", "this leaf has no row in its table";
    /// Somebody is called otherwise than the log was told, or has another number.
    Identity = "氏名または職員番号が、証跡に記録されたものと違います", "a name or a staff number is not the one that the log was told";
    /// Not a line of the private part, or one in another order than the leaves.
    PrivateForm = "非公開の部分の行を読み取れません", "this line of the private part cannot be read";
    /// A line of the private part that no leaf in the pack binds.
    PrivateLeaf = "この非公開の部分を結び付けた証跡がありません", "no leaf binds this private part";
    /// A leaf that binds words which are not there, of somebody who was not erased.
    PrivateMissing = "証跡に結び付けた氏名がなく、消去の記録もありません", "the name that this leaf binds is missing, and nothing shows that it was erased";
    /// Not a proof that a leaf says that somebody was erased.
    ErasureProof = "個人情報を消去した証明を確認できません", "this does not prove that somebody was erased";
    /// What should show how the log went on from earlier checkpoints does not lead to the one of the part.
    Beginnings = "以前のチェックポイントからの道筋が、署名されたルートに至りません", "the way from earlier checkpoints does not lead to the root that was signed";
    /// An answer was judged otherwise than the content that was shown judges it.
    Grade = "解答の判定が、示した教材による判定と違います", "this answer is judged otherwise than the content judges it";
    /// A leaf names something as a content that is not a hash.
    ContentName = "教材・文書の識別子がハッシュ値ではありません", "the name of a content is not a hash";
    /// A content that a leaf names is not in the pack.
    ContentMissing = "記録が指す教材・文書がありません", "the content that this leaf names is missing";
    /// A content is not what its name says.
    ContentHash = "教材・文書の内容が名前のハッシュ値と一致しません", "the content is not the one of its name";
}

/// The first difference of one kind, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What kind it is.
    pub fault: Fault,
    /// The file of the pack, the part of the log, or `brought/1` for the first checkpoint that the reader brought.
    pub file: String,
    /// The line in the file, from 1.
    pub line: Option<u64>,
    /// The leaf's index, from 0.
    pub leaf: Option<u64>,
    /// What it should be. Empty where there is nothing to compare.
    pub expected: String,
    /// What it is.
    pub found: String,
    /// How many differences of this kind there are.
    pub count: u64,
}

impl Difference {
    /// One sentence in Japanese.
    pub fn japanese(&self) -> String {
        let mut text = self.file.clone();
        if let Some(line) = self.line {
            text.push_str(&format!(" {line}行目"));
        }
        if let Some(leaf) = self.leaf {
            text.push_str(&format!("（証跡番号{leaf}）"));
        }
        text.push_str(&format!("：{}。", self.fault.japanese()));
        if !self.expected.is_empty() {
            text.push_str(&format!("本来は「{}」です。", self.expected));
        }
        if !self.found.is_empty() {
            text.push_str(&format!("実際は「{}」です。", self.found));
        }
        if self.count > 1 {
            text.push_str(&format!("同じ種類の相違は全部で{}件です。", self.count));
        }
        text
    }

    /// One sentence in English.
    pub fn english(&self) -> String {
        let mut text = self.file.clone();
        if let Some(line) = self.line {
            text.push_str(&format!(", line {line}"));
        }
        if let Some(leaf) = self.leaf {
            text.push_str(&format!(" (leaf {leaf})"));
        }
        text.push_str(&format!(": {}.", self.fault.english()));
        if !self.expected.is_empty() {
            text.push_str(&format!(" Expected “{}”.", self.expected));
        }
        if !self.found.is_empty() {
            text.push_str(&format!(" Found “{}”.", self.found));
        }
        if self.count > 1 {
            text.push_str(&format!(" There are {} of this kind.", self.count));
        }
        text
    }
}

/// The English sentence.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english())
    }
}

/// Where a difference is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) file: &'a str,
    pub(crate) line: Option<u64>,
    pub(crate) leaf: Option<u64>,
}

impl<'a> Place<'a> {
    pub(crate) const fn file(file: &'a str) -> Self {
        Self { file, line: None, leaf: None }
    }

    pub(crate) const fn leaf(file: &'a str, leaf: u64) -> Self {
        Self { file, line: None, leaf: Some(leaf) }
    }
}

/// The first difference of each kind so far.
#[derive(Debug, Default)]
pub(crate) struct Findings(BTreeMap<Fault, Difference>);

impl Findings {
    /// Notes a difference; `told` gives (expected, found) and is only asked when this is the first one.
    pub(crate) fn add(&mut self, fault: Fault, place: Place<'_>, told: impl FnOnce() -> (String, String)) {
        if let Some(first) = self.0.get_mut(&fault) {
            first.count += 1;
            if first.file != place.file || (first.line, first.leaf) <= (place.line, place.leaf) {
                return;
            }
        }
        let (expected, found) = told();
        let count = self.0.get(&fault).map_or(1, |first| first.count);
        let Place { file, line, leaf } = place;
        let difference = Difference { fault, file: file.to_owned(), line, leaf, expected, found, count };
        self.0.insert(fault, difference);
    }

    /// Notes a file that could not be read.
    pub(crate) fn unreadable(&mut self, file: &str, error: &std::io::Error) {
        self.add(Fault::Unreadable, Place::file(file), || (String::new(), error.to_string()));
    }

    /// Takes over what another part of the check found.
    pub(crate) fn merge(&mut self, other: Self) {
        for (fault, theirs) in other.0 {
            let ours = self.0.entry(fault).or_insert_with(|| Difference { count: 0, ..theirs.clone() });
            let count = ours.count + theirs.count;
            if ours.file == theirs.file && (theirs.line, theirs.leaf) < (ours.line, ours.leaf) {
                *ours = theirs;
            }
            ours.count = count;
        }
    }

    /// In a file of leaves, each leaf stands in the line after as many others.
    pub(crate) fn number_lines(&mut self, file: &str) {
        for difference in self.0.values_mut().filter(|d| d.file == file) {
            difference.line = difference.leaf.map(|leaf| leaf + 1);
        }
    }

    /// All of them, or `whole` if there are none.
    pub(crate) fn unless_different<T>(self, whole: T) -> Result<T, Vec<Difference>> {
        if self.0.is_empty() { Ok(whole) } else { Err(self.0.into_values().collect()) }
    }
}
