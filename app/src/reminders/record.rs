//! 「お知らせの記録」: what was sent to somebody, why, and what would be sent next.

use crate::day::{Day, Moment};
use crate::ui::written::Written;
use crate::ui::{Notice, Sheet};
use crate::{Lang, say};
use leptos::prelude::*;

/// How somebody is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// By mail to this address; `None` where the reader need not know it.
    Mail(Option<String>),
    /// On the first page: the person has no address at work.
    NoAddress,
    /// On the first page: the hospital has set no mail server.
    NoServer,
}

/// Which reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It was given.
    Given,
    /// So many days before the last day.
    Before(u16),
    /// The last day.
    LastDay,
    /// So many days after it.
    After(u16),
}

impl Step {
    /// Why it is sent: 「期限の14日前」.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Given => say!(lang, "割り当てられたとき", "When it was given"),
            Self::Before(days) => say!(lang, "期限の{days}日前", "{days} days before the due date"),
            Self::LastDay => say!(lang, "期限の日", "The last day"),
            Self::After(1) => say!(lang, "期限の翌日", "The day after the due date"),
            Self::After(days) => say!(lang, "期限から{days}日後", "{days} days after the due date"),
        }
    }
}

/// What became of a reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Shown on the first page after sign-in.
    OnPage,
    /// Waits for the mail server.
    Waiting,
    /// The mail server took it.
    Sent(Moment),
    /// It was given up.
    GivenUp,
    /// It was no longer needed.
    Withdrawn,
}

impl Fate {
    fn words(self, lang: Lang) -> String {
        match self {
            Self::OnPage => say!(lang, "サインイン後の画面に表示", "Shown after sign-in"),
            Self::Waiting => say!(lang, "メール（送信待ち）", "Mail, waiting to be sent"),
            Self::Sent(at) => {
                let at = at.minutes(lang);
                say!(lang, "メール（{at} 送信）", "Mail, sent {at}")
            }
            Self::GivenUp => say!(lang, "メール（届けられませんでした）", "Mail, could not be delivered"),
            Self::Withdrawn => say!(lang, "送る前に不要になりました", "No longer needed before it was sent"),
        }
    }
}

/// A reminder that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeLine {
    /// About which training.
    pub title: String,
    /// Why.
    pub step: Step,
    /// The last day it was reckoned from.
    pub due: Day,
    /// When.
    pub at: Moment,
    /// What became of it.
    pub fate: Fate,
}

/// What would trigger the next reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ahead {
    /// This one, unless it is done before.
    At {
        /// Which.
        step: Step,
        /// When.
        at: Moment,
    },
    /// None: every step has been sent.
    Ended,
    /// None: it is done.
    Done,
    /// None: exempt.
    Exempt,
    /// None: away, or not at the hospital.
    Out,
}

impl Ahead {
    fn words(self, lang: Lang) -> String {
        match self {
            Self::At { step, at } => {
                let (step, at) = (step.words(lang), at.minutes(lang));
                say!(
                    lang,
                    "次は {at}（{step}）。それまでに研修が終われば送りません。",
                    "Next: {at} ({step}), unless the training is done by then."
                )
            }
            Self::Ended => say!(
                lang,
                "次のお知らせはありません。期限から8週間で終わります。",
                "No further reminder: they end eight weeks after the due date.",
            ),
            Self::Done => say!(
                lang,
                "研修が終わっているので、もう送りません。",
                "No further reminder: the training is done."
            ),
            Self::Exempt => {
                say!(lang, "免除の間は送りません。", "No reminder while the person is exempt.")
            }
            Self::Out => say!(
                lang,
                "休職中や在籍していない間は送りません。",
                "No reminder while the person is away or not at the hospital.",
            ),
        }
    }
}

/// A training with what comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AheadLine {
    /// Which training.
    pub title: String,
    /// What comes next.
    pub what: Ahead,
}

/// Everything about the reminders of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notices {
    /// How they are told.
    pub reach: Reach,
    /// When nobody is written to, as the setting says it: 「18時〜8時、土、日」.
    pub quiet: String,
    /// What was sent, newest first.
    pub lines: Vec<NoticeLine>,
    /// What comes next.
    pub ahead: Vec<AheadLine>,
    /// The person reads it themselves.
    pub own: bool,
}

/// The section on the page of a person, and on one's own record.
#[component]
pub fn Reminded(
    /// What there is to show.
    notices: Notices,
    /// Language of the page.
    lang: Lang,
) -> AnyView {
    let Notices { reach, quiet, lines, ahead, own } = notices;
    let reach = match (reach, own) {
        (Reach::Mail(Some(address)), _) => {
            say!(lang, "お知らせは {address} に送ります。", "Reminders go to {address}.")
        }
        (Reach::Mail(None), _) => {
            say!(lang, "お知らせは病院のメールアドレスに送ります。", "Reminders go to the work mail address.")
        }
        (Reach::NoAddress, true) => say!(
            lang,
            "病院のメールアドレスが登録されていないので、サインインしたあとの画面でお知らせします。",
            "You have no work mail address on record, so reminders are shown after you sign in.",
        ),
        (Reach::NoAddress, false) => say!(
            lang,
            "病院のメールアドレスが登録されていないので、サインインしたあとの画面でお知らせします。朝礼の一覧でも声をかけられます。",
            "No work mail address is on record: reminders are shown after sign-in. The list for the morning meeting helps to reach this person.",
        ),
        (Reach::NoServer, _) => say!(
            lang,
            "メールサーバーが設定されていないので、サインインしたあとの画面でお知らせします。",
            "No mail server is set, so reminders are shown after sign-in.",
        ),
    };
    let ahead = ahead
        .into_iter()
        .map(|AheadLine { title, what }| {
            view! { <li><b><Written text=title lang/></b>{say!(lang, "：", ": ")}{what.words(lang)}</li> }
        })
        .collect_view();
    let caption = say!(lang, "これまでのお知らせ", "Reminders so far");
    let sheet = if lines.is_empty() {
        view! { <p class="report__empty">{say!(lang, "まだお知らせはしていません。", "No reminder has been sent yet.")}</p> }.into_any()
    } else {
        let rows = lines
            .into_iter()
            .map(|NoticeLine { title, step, due, at, fate }| {
                let due = due.short(lang);
                view! {
                    <tr>
                        <th scope="row"><span class="nowrap">{at.minutes(lang)}</span></th>
                        <td data-label=say!(lang, "研修", "Training")><Written text=title lang/></td>
                        <td data-label=say!(lang, "理由", "Why")><span>{step.words(lang)}" "<span class="person__since">{say!(lang, "（期限 {due}）", "(due {due})")}</span></span></td>
                        <td data-label=say!(lang, "届け方", "How")>{fate.words(lang)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <Sheet id="notices-sent" caption quiet=true>
                <thead>
                    <tr>
                        <th scope="col">{say!(lang, "お知らせした日時", "When")}</th>
                        <th scope="col">{say!(lang, "研修", "Training")}</th>
                        <th scope="col">{say!(lang, "理由", "Why")}</th>
                        <th scope="col">{say!(lang, "届け方", "How")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Sheet>
        }
        .into_any()
    };
    view! {
        <section class="report__part reminded" aria-labelledby="notices">
            <h2 id="notices">{say!(lang, "お知らせの記録", "Reminders")}</h2>
            <p>{reach}</p>
            <ul class="reminded__ahead" role="list">{ahead}</ul>
            {sheet}
            <details class="fold">
                <summary>{say!(lang, "お知らせはいつ送られますか", "When are reminders sent?")}</summary>
                <div>
                    <p>{say!(
                        lang,
                        "割り当てられたとき、期限の30日前・14日前・3日前、期限の日、翌日、7日後、そのあとは週に1回、8週間までです。朝9時ごろに送ります。",
                        "When a training is given; 30, 14 and 3 days before the due date; on the last day; 1 and 7 days after it, then once a week for up to eight weeks. They go out at about nine in the morning.",
                    )}</p>
                    <p>{say!(
                        lang,
                        "送らない時間：{quiet}。その間のお知らせは、次に送れる時間まで待ちます。期限の前のお知らせは、期限に間に合うように早めます。",
                        "Quiet: {quiet}. What falls into it waits for the next hour that is not quiet; a word before the due date comes earlier instead of too late.",
                    )}</p>
                    <p>{say!(
                        lang,
                        "研修が終わった人、免除の人、休職中の人には送りません。期限が変わると、これから先の分を新しい期限で数えます。",
                        "Nothing is sent to people who are done, exempt or on leave. When a due date moves, what still lies ahead is reckoned from the new one.",
                    )}</p>
                </div>
            </details>
        </section>
    }
    .into_any()
}

/// The newest reminder of somebody without mail, on the first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownNotice {
    /// About which training.
    pub title: String,
    /// Why.
    pub step: Step,
    /// Last day in time.
    pub due: Day,
    /// On which day it came.
    pub on: Day,
    /// Whom to ask.
    pub help: String,
}

impl ShownNotice {
    /// The notice.
    pub(crate) fn view(self, lang: Lang) -> AnyView {
        let Self { title, step, due, on, help } = self;
        let (step, due, on) = (step.words(lang), due.short(lang), on.short(lang));
        let head = say!(
            lang,
            "{on}のお知らせ：「{title}」の期限は{due}です",
            "Reminder of {on}: “{title}” is due {due}"
        );
        view! {
            <Notice title=head>
                <p>{say!(
                    lang,
                    "{step}のお知らせです。時間がとれないときや困ったことがあるときは、{help} にご連絡ください。",
                    "Sent because: {step}. If you cannot find the time, or something does not work, please contact {help}.",
                )}</p>
            </Notice>
        }
        .into_any()
    }
}
