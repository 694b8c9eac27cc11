//! Checking a certificate by the proof that comes with it: in the browser itself, which sends nothing anywhere, or, without a script, by
//! this server. After records were lost, whoever has the proof of a completion that is gone has it recorded again here.

use crate::account::sign_in::message_at;
use crate::day::Moment;
use crate::page::Page;
use crate::ui::field::FileField;
use crate::ui::written::Written;
use crate::ui::{BackLink, ErrorSummary, Fact, Facts, Fault, Notice, Submit, TextArea, Tone, Weight};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// What a proof proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// Number of the certificate.
    pub number: String,
    /// The name on it.
    pub name: String,
    /// When the completion was recorded.
    pub at: Moment,
    /// The log.
    pub log: String,
    /// The place in it.
    pub leaf: u64,
    /// How many leaves the checkpoint covers that signs it.
    pub size: u64,
}

/// Why it proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofFault {
    /// It is no proof, or not all of it.
    Form,
    /// Another key than this hospital's signed it.
    Key,
    /// The fact is not in the log, or another one is.
    Place,
    /// The certificate bears another name or code than the fact.
    Name,
}

impl ProofFault {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Form, Self::Key, Self::Place, Self::Name];

    /// The word by which the script names it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Key => "key",
            Self::Place => "place",
            Self::Name => "name",
        }
    }

    fn words(self, lang: Lang) -> String {
        match self {
            Self::Form => say!(
                lang,
                "証明ファイルとして読み取れません。途中が欠けていないか、確かめてください。",
                "This cannot be read as a proof. Please see whether a part of it is missing."
            ),
            Self::Key => say!(
                lang,
                "この病院の鍵による署名ではありません。",
                "It is not signed with the key of this hospital."
            ),
            Self::Place => say!(
                lang,
                "署名された記録の中に、この修了がありません。",
                "This completion is not among the records that were signed."
            ),
            Self::Name => say!(
                lang,
                "氏名か照合コードが、記録されたものと違います。",
                "The name or the check code is not the one that was recorded."
            ),
        }
    }
}

/// Whether the reader can have a completion that was lost recorded again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restore {
    /// Nothing was lost, or nobody is signed in.
    No,
    /// By POST to [`crate::paths::RESTORE`], with the same fields.
    Offered,
    /// It was asked for and cannot be done.
    Refused(RestoreFault),
}

/// Why a completion is not recorded again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestoreFault {
    /// It was not lost.
    Kept,
    /// It is somebody else's.
    OtherPerson,
    /// Nothing is open that it would complete.
    NotOwed,
}

impl RestoreFault {
    fn words(self, lang: Lang) -> String {
        match self {
            Self::Kept => say!(
                lang,
                "この修了は、病院の記録に残っています。戻す必要はありません。",
                "This completion is still in the records of the hospital. There is nothing to restore."
            ),
            Self::OtherPerson => say!(
                lang,
                "いまサインインしている人の修了証として記録されたものではありません。自分の修了証のときは、研修担当に見せてください。",
                "It was not recorded as a certificate of the person who is signed in. If it is yours, please show it to the training office."
            ),
            Self::NotOwed => say!(
                lang,
                "この修了証に当てはまる、終わっていない研修が見つかりません。研修担当に、修了証を見せてください。",
                "There is no open training that this certificate would complete. Please show it to the training office."
            ),
        }
    }
}

/// Where the browser finds what it needs to check by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofScripts {
    /// The script of this page.
    pub page: String,
    /// The verifier's script.
    pub js: String,
    /// The verifier's module.
    pub wasm: String,
}

/// The page. POST to [`crate::paths::VERIFY_PROOF`]: `proof`, the text, or `file`, which goes before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateProof {
    /// The text as given.
    pub text: String,
    /// What came of it.
    pub found: Option<Result<Proven, ProofFault>>,
    /// Nothing was given.
    pub empty: bool,
    /// What can be done with it after records were lost.
    pub restore: Restore,
    /// The hospital's public key.
    pub vkey: String,
    /// That key, and those that signed parts of the logs before it, for the check in the browser.
    pub keys: String,
    /// The hospital's time zone, by its name.
    pub zone: String,
    /// None in a server without the browser half.
    pub scripts: Option<ProofScripts>,
}

impl Page for CertificateProof {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "証明ファイルで確かめる", "Check a certificate by its proof")
    }

    fn view(self, lang: Lang) -> AnyView {
        let title = self.title(lang);
        let Self { text, found, empty, restore, vkey, keys, zone, scripts } = self;
        let faults: Vec<Fault> = empty
            .then(|| Fault {
                field: Some("proof".to_owned()),
                message: say!(
                    lang,
                    "証明ファイルを選ぶか、中身を入れてください",
                    "Choose the proof or paste its text"
                ),
            })
            .into_iter()
            .collect();
        let error = message_at(&faults, "proof");
        let trusted = keys;
        let [page, js, wasm] =
            scripts.map_or([None, None, None], |own| [Some(own.page), Some(own.js), Some(own.wasm)]);
        let shown = match (found, restore) {
            (Some(Ok(proven)), _) => Some(proven_view(Told::of(proven, lang), lang)),
            (Some(Err(fault)), _) => Some(fault_view(fault, lang)),
            (None, Restore::Refused(fault)) => {
                let title = say!(lang, "記録を戻せませんでした。", "The record was not restored.");
                Some(warning(title, fault.words(lang)))
            }
            (None, _) => None,
        };
        let again = (restore != Restore::No).then(|| {
            view! {
                <section class="proof__about">
                    <h2>{say!(lang, "失われた記録を戻す", "Restore a record that was lost")}</h2>
                    <p>{say!(
                        lang,
                        "あなたの修了が、失われた記録の中にあったときは、修了証の証明で戻せます。研修を受け直す必要はありません。",
                        "If your completion was among the records that were lost, the proof of your certificate restores it. You need not take the training again.",
                    )}</p>
                    <div class="form__end"><Submit
                        words=say!(lang, "この証明で記録を戻す", "Restore my record with this proof")
                        weight=Weight::Side
                        action=paths::RESTORE.to_owned()
                    /></div>
                </section>
            }
        });
        view! {
            <div class="narrow" data-script=page data-js=js data-wasm=wasm data-keys=trusted data-zone=zone>
                <BackLink href=paths::VERIFY.to_owned() words=say!(lang, "番号と照合コードで確かめる", "Check by number and code")/>
                <ErrorSummary lang faults/>
                <h1>{title}</h1>
                <div class="proof__result" data-result="" aria-live="polite">{shown}</div>
                <p class="lead">{say!(
                    lang,
                    "修了証の証明ファイル（.tlog-proof）だけで、その修了が病院の記録にあることを確かめられます。",
                    "The proof that comes with a certificate (.tlog-proof) shows by itself that the completion is in the records of this hospital.",
                )}</p>
                <p data-offline="" hidden>{say!(
                    lang,
                    "確かめるのはこのブラウザーです。内容はどこにも送られず、ネットワークが切れていても使えます。",
                    "This browser checks it. Nothing is sent anywhere, and it works without a network.",
                )}</p>
                <form method="post" action=paths::VERIFY_PROOF enctype="multipart/form-data" class="form" novalidate>
                    <FileField name="file" label=say!(lang, "証明ファイルを選ぶ", "Choose the proof") accept=".tlog-proof,text/plain"/>
                    <TextArea
                        name="proof"
                        label=say!(lang, "または、証明ファイルの中身", "Or the text of the proof")
                        hint=say!(lang, "「c2sp.org/tlog-proof@v1」で始まる文章です。全部を貼りつけます。", "It begins with “c2sp.org/tlog-proof@v1”. Paste all of it.")
                        error=error
                        text
                        rows=8
                        lang=Some("en")
                    />
                    <div class="form__end"><Submit words=say!(lang, "確かめる", "Check")/></div>
                    {again}
                </form>
                <section class="proof__about">
                    <h2>{say!(lang, "わかることと、わからないこと", "What this shows, and what it does not")}</h2>
                    <p>{say!(
                        lang,
                        "氏名と修了の記録が、署名された証跡にそのままあることがわかります。あとで取り消されていないかは、番号と照合コードで確かめてください。",
                        "It shows that the name and the completion stand in the signed log as they are. Whether the certificate was withdrawn later is told by its number and check code.",
                    )}</p>
                    <p>{say!(lang, "この病院の検証鍵", "The verifier key of this hospital")}" "<code class="proof__key">{vkey}</code></p>
                </section>
                <template data-proven="">{proven_view(Told::default(), lang)}</template>
                {ProofFault::ALL.map(|fault| view! {
                    <template data-fault=fault.code()>{fault_view(fault, lang)}</template>
                }).collect_view()}
            </div>
        }
        .into_any()
    }
}

/// What was proven, in words; the script fills in an empty one.
#[derive(Default)]
struct Told {
    number: String,
    name: String,
    at: String,
    log: String,
    leaf: String,
    size: String,
}

impl Told {
    fn of(proven: Proven, lang: Lang) -> Self {
        let Proven { number, name, at, log, leaf, size } = proven;
        Self { number, name, at: at.minutes(lang), log, leaf: leaf.to_string(), size: size.to_string() }
    }
}

fn proven_view(told: Told, lang: Lang) -> AnyView {
    let Told { number, name, at, log, leaf, size } = told;
    let told =
        |field: &'static str, words: String| view! { <span data-field=field>{words}</span> }.into_any();
    let name = view! { <span data-field="name"><Written text=name lang/></span> }.into_any();
    let fact = |name: String, value: AnyView| Fact { name, value };
    let facts = vec![
        fact(say!(lang, "修了証の番号", "Number of the certificate"), told("number", number)),
        fact(say!(lang, "氏名", "Name"), name),
        fact(say!(lang, "修了を記録した日時", "Completion recorded"), told("at", at)),
        fact(say!(lang, "証跡", "Evidence log"), told("log", log)),
        fact(say!(lang, "証跡番号", "Leaf"), told("leaf", leaf)),
        fact(say!(lang, "署名された記録の数", "Leaves that are signed"), told("size", size)),
    ];
    let title = say!(
        lang,
        "この修了は、病院が署名した記録にあります。",
        "This completion is among the records that the hospital signed."
    );
    view! { <Notice tone=Tone::Done title=title><Facts facts/></Notice> }.into_any()
}

fn fault_view(fault: ProofFault, lang: Lang) -> AnyView {
    let title = say!(lang, "確かめられませんでした。", "This could not be proven.");
    warning(title, fault.words(lang))
}

fn warning(title: String, words: String) -> AnyView {
    view! { <Notice tone=Tone::Warn title=title><p>{words}</p></Notice> }.into_any()
}
