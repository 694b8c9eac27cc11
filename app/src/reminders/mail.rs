//! 「お知らせメールの状態」: whether mail is sent, what waits, and what could not be delivered.

use crate::day::Moment;
use crate::page::Page;
use crate::ui::written::Written;
use crate::ui::{BackLink, Fact, Facts, Notice, Sheet, Submit, Tone, Weight};
use crate::{Lang, say};
use leptos::prelude::*;

/// Whether mail is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailState {
    /// No mail server is set: everything is told inside the program.
    None,
    /// A server is set, but no sender.
    NoSender,
    /// By this server.
    On(String),
}

/// A mail that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostMail {
    /// Its id.
    pub id: String,
    /// To whom.
    pub name: String,
    /// Their number.
    pub number: String,
    /// Their address.
    pub address: String,
    /// Subject.
    pub subject: String,
    /// When it was given up.
    pub at: Moment,
    /// What the mail server said.
    pub error: String,
}

/// The page. POST to itself: `mail`, or nothing for all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailPage {
    /// The list from which one comes.
    pub back: String,
    /// Its own address.
    pub action: String,
    /// Whether mail is sent.
    pub state: MailState,
    /// When nobody is written to.
    pub quiet: String,
    /// How many mails wait.
    pub waiting: u32,
    /// How many were given up.
    pub lost: u32,
    /// The newest of these.
    pub lines: Vec<LostMail>,
}

impl Page for MailPage {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "お知らせメールの状態", "State of the mail")
    }

    fn view(self, lang: Lang) -> AnyView {
        let Self { back, action, state, quiet, waiting, lost, lines } = self;
        let (notice, server) = match state {
            MailState::None => (
                Some(view! {
                    <Notice title=say!(lang, "メールは送っていません。", "No mail is sent.")>
                        <p>{say!(
                            lang,
                            "メールサーバーが設定されていません。お知らせは、サインインしたあとの画面と朝礼用の一覧で伝えます。",
                            "No mail server is set. Reminders are shown after sign-in and on the list for the morning meeting.",
                        )}</p>
                        <p>{say!(lang, "設定するには、サーバーを止めて次を実行します。", "To set one, stop the server and run:")}</p>
                        <pre class="mail__command"><code>"kokoroe set mail.server smtp://mail.example.jp:587\nkokoroe set mail.from training@example.jp"</code></pre>
                    </Notice>
                }
                .into_any()),
                say!(lang, "なし", "None"),
            ),
            MailState::NoSender => (
                Some(view! {
                    <Notice tone=Tone::Warn title=say!(lang, "差出人（mail.from）が設定されていないので、送っていません。", "No sender (mail.from) is set, so nothing is sent.")/>
                }
                .into_any()),
                say!(lang, "差出人の設定待ち", "Waiting for a sender"),
            ),
            MailState::On(server) => (None, server),
        };
        let facts = vec![
            Fact::text(say!(lang, "メールサーバー", "Mail server"), server),
            Fact::text(say!(lang, "送らない時間", "Quiet"), quiet),
            Fact::text(say!(lang, "送信待ち", "Waiting"), say!(lang, "{waiting}通", "{waiting}")),
            Fact::text(say!(lang, "届かなかったもの", "Not delivered"), say!(lang, "{lost}通", "{lost}")),
        ];
        let none = lines.is_empty().then(|| {
            view! { <p class="report__empty">{say!(lang, "届かなかったメールはありません。", "Every mail was delivered.")}</p> }
        });
        let all = (lines.len() > 1).then(|| {
            view! {
                <form method="post" action=action.clone()>
                    <Submit words=say!(lang, "すべてもう一度送る", "Try all of them again") weight=Weight::Side/>
                </form>
            }
        });
        let caption = say!(lang, "届かなかったメール", "Mail that was not delivered");
        let sheet = (!lines.is_empty()).then(|| {
            let rows = lines.into_iter().map(|line| row(line, &action, lang)).collect_view();
            view! {
                <Sheet id="lost" caption quiet=true>
                    <thead>
                        <tr>
                            <th scope="col">{say!(lang, "だれに", "To")}</th>
                            <th scope="col">{say!(lang, "件名", "Subject")}</th>
                            <th scope="col">{say!(lang, "やめた日時", "Given up")}</th>
                            <th scope="col">{say!(lang, "理由", "Reason")}</th>
                            <th scope="col">{say!(lang, "操作", "Action")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </Sheet>
            }
        });
        view! {
            <div class="report mail">
                <BackLink href=back words=say!(lang, "声かけが必要な人", "People to speak to")/>
                <h1>{say!(lang, "お知らせメールの状態", "State of the mail")}</h1>
                {notice}
                <Facts facts/>
                <section class="report__part" aria-labelledby="not-delivered">
                    <h2 id="not-delivered">{say!(lang, "届かなかったメール", "Mail that was not delivered")}</h2>
                    <p>{say!(
                        lang,
                        "8回試しても送れなかったものと、メールサーバーが宛先を断ったものです。アドレスは職員の取り込みで直せます。",
                        "Mail that could not be sent in eight attempts, or whose address the mail server refused. Addresses are mended by importing the list of staff.",
                    )}</p>
                    {none}
                    {sheet}
                    {all}
                </section>
            </div>
        }
        .into_any()
    }
}

fn row(line: LostMail, action: &str, lang: Lang) -> AnyView {
    let LostMail { id, name, number, address, subject, at, error } = line;
    view! {
        <tr>
            <th scope="row"><Written text=name lang/>" "<span class="roster__number">{number}</span>" "<span class="mail__address">{address}</span></th>
            <td data-label=say!(lang, "件名", "Subject")><Written text=subject lang/></td>
            <td data-label=say!(lang, "やめた日時", "Given up")>{at.minutes(lang)}</td>
            <td data-label=say!(lang, "理由", "Reason")><span lang="en">{error}</span></td>
            <td data-label=say!(lang, "操作", "Action")>
                <form method="post" action=action.to_owned()>
                    <input type="hidden" name="mail" value=id/>
                    <Submit words=say!(lang, "もう一度送る", "Try again") weight=Weight::Light/>
                </form>
            </td>
        </tr>
    }
    .into_any()
}
