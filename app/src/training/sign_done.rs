//! After signing: the proof.

use super::owed::paper_words;
use crate::day::Moment;
use crate::page::Page;
use crate::ui::{Fact, Facts, Icon, LinkButton, Say, Shape, Words};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// The proof of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignDone {
    /// Number of the signature in the record.
    pub number: String,
    /// 「SNS利用規程」
    pub title: Words,
    /// Version.
    pub version: u32,
    /// First characters of the hash of the text.
    pub revision: String,
    /// Name as recorded.
    pub name: String,
    /// When, to the second.
    pub at: Moment,
    /// The completion that it made: number and address of the certificate. `None` while something is still owed.
    pub certificate: Option<(String, String)>,
    /// Completed after the due date.
    pub late: bool,
    /// Nothing but this signature was asked for.
    pub alone: bool,
}

impl Page for SignDone {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "署名を受け付けました", "Your signature is recorded")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { number, title, version, revision, name, at, certificate, late, alone } = self;
        let edition = say!(lang, "第{version}版", "Version {version}");
        let own =
            certificate.is_none().then(|| Fact::text(say!(lang, "署名番号", "Signature number"), number));
        let mut facts: Vec<Fact> = own.into_iter().collect();
        facts.extend([
            Fact {
                name: say!(lang, "文書", "Document"),
                value: view! { <Say words=title page=lang/>" "{edition} }.into_any(),
            },
            Fact::text(say!(lang, "署名した人", "Signed by"), name),
            Fact {
                name: say!(lang, "日時", "Time"),
                value: view! { <time datetime=at.iso()>{at.seconds(lang)}</time> }.into_any(),
            },
            Fact {
                name: say!(lang, "本文の照合番号", "Check number of the text"),
                value: view! { <code>{revision}</code> }.into_any(),
            },
        ]);
        let completed = certificate.map(|(number, href)| {
            view! {
                <div class="completed">
                    <p class="completed__title">{if alone {
                        say!(lang, "お願いした署名は、これで終わりです。", "That is all that was asked of you.")
                    } else {
                        say!(lang, "今年の研修はこれで修了です。", "This completes this year's training.")
                    }}</p>
                    <p>{if alone {
                        say!(lang, "署名受領書 第{number}号", "Receipt no. {number}")
                    } else {
                        say!(lang, "修了証 第{number}号", "Certificate no. {number}")
                    }}</p>
                    {late.then(|| view! { <p>{say!(lang, "期限を過ぎてからの修了として記録しました。", "It is recorded as completed after the due date.")}</p> })}
                    <LinkButton href words=paper_words(alone, lang) shape=Shape::Paper/>
                </div>
            }
        });
        view! {
            <div class="narrow">
                <h1 class="done-title"><Icon shape=Shape::Tick/><span>{say!(lang, "署名を受け付けました", "Your signature is recorded")}</span></h1>
                {completed}
                <Facts facts/>
                <p class="links"><a href=paths::HOME>{say!(lang, "わたしの研修へもどる", "Back to my training")}</a></p>
            </div>
        }
        .into_any()
    }
}
