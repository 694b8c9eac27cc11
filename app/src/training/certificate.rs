//! The certificate, one sheet of A4.

use crate::day::Day;
use crate::page::{Page, PageKind};
use crate::requirements::WayView;
use crate::ui::written::Written;
use crate::ui::{BackLink, Fact, Facts, LinkButton, Notice, PrintButton, Say, Shape, Tone, Weight, Words};
use crate::{Era, Lang, paths, say};
use leptos::prelude::*;

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Number: 「2026-SNS-000123」.
    pub number: String,
    /// Name at work.
    pub name: String,
    /// Staff number, if the hospital prints it.
    pub staff_number: Option<String>,
    /// Course.
    pub course: Words,
    /// Fiscal year.
    pub year: i32,
    /// Title and version of the policy that was signed.
    pub policy: Option<(Words, u32)>,
    /// Day of completion.
    pub completed: Day,
    /// Minutes that the course is reckoned at.
    pub minutes: Option<u16>,
    /// Last day of validity.
    pub valid_until: Option<Day>,
    /// Hospital.
    pub hospital: String,
    /// Office and name of the issuer: 「病院長 ○○」 or 「教育研修室」.
    pub issuer: String,
    /// Code for the public check.
    pub code: String,
    /// Address of the public check, as printed in words.
    pub check_url: String,
    /// The QR code of the address with number and code: rows of modules, true is dark. Empty: none.
    pub qr: Vec<Vec<bool>>,
    /// Withdrawn on this day: the paper says so, large.
    pub withdrawn: Option<Day>,
    /// Address of the PDF, where there is one.
    pub pdf: Option<String>,
    /// Address of the proof, where there is one.
    pub proof: Option<String>,
    /// How the hospital counts years on documents.
    pub era: Era,
    /// The certificate carries the hospital's seal: it is on the PDF, and the page says so.
    pub sealed: bool,
    /// How the person took part.
    pub way: WayView,
    /// Nothing but a signature was asked for: the paper is a receipt of it, and certifies no training.
    pub alone: bool,
}

/// What the sheet of paper and the page both say.
impl Certificate {
    /// Title.
    pub fn heading(&self, lang: Lang) -> String {
        if self.alone {
            say!(lang, "署名受領書", "Receipt of a signature")
        } else {
            say!(lang, "修了証", "Certificate of completion")
        }
    }

    /// 「第 2026-SNS-000123 号」.
    pub fn number_line(&self, lang: Lang) -> String {
        let number = &self.number;
        say!(lang, "第 {number} 号", "No. {number}")
    }

    /// The name as it is addressed.
    pub fn addressed(&self, lang: Lang) -> String {
        let name = &self.name;
        say!(lang, "{name} 殿", "{name}")
    }

    /// What is certified.
    pub fn statement(&self, lang: Lang) -> String {
        if self.alone {
            return say!(
                lang,
                "上記の者が、当院の次の規程に署名したことを証します。",
                "This is to certify that the person named above has signed the policy of this hospital named below."
            );
        }
        say!(
            lang,
            "上記の者は、当院が定める次の研修を修了したことを証します。",
            "This is to certify that the person named above has completed the training below, as laid down by this hospital."
        )
    }

    /// The line in place of a seal.
    pub fn without_seal(lang: Lang) -> String {
        say!(lang, "電子発行のため押印を省略しています", "Issued electronically; no seal is needed")
    }

    /// The line on the page of a hospital whose seal is on the PDF.
    fn seal_elsewhere(lang: Lang) -> String {
        say!(lang, "病院の印は、PDFにあります", "The hospital's seal is on the PDF")
    }

    /// How the certificate is checked.
    pub fn check_line(lang: Lang) -> String {
        say!(
            lang,
            "この書面は、上の番号と照合コードで確かめられます。",
            "This paper can be checked with its number and this code."
        )
    }

    /// The name of the code.
    pub fn code_label(lang: Lang) -> String {
        say!(lang, "照合コード", "Check code")
    }

    /// What the sheet behind the certificate is.
    pub fn proof_title(lang: Lang) -> String {
        say!(lang, "修了証の電子証明", "Electronic proof of the certificate")
    }

    /// What it shows and how it is used, a paragraph each.
    pub fn proof_words(lang: Lang) -> Vec<String> {
        vec![
            say!(
                lang,
                "このQRコードには、修了の記録と、病院の証跡の署名が入っています。",
                "This code holds the record of the completion and the signature of the hospital's evidence log."
            ),
            say!(
                lang,
                "カメラで読み取ると、確かめるページが開きます。確かめるのは読み取った機器のブラウザーで、中身はどこにも送られません。",
                "Read it with a camera to open the page that checks it. The browser of that device checks it; nothing is sent anywhere."
            ),
        ]
    }

    /// What the large QR code is.
    pub fn proof_meaning(lang: Lang) -> String {
        say!(lang, "証明の入ったQRコード", "QR code that holds the proof")
    }

    /// What the QR code is.
    pub fn code_meaning(lang: Lang) -> String {
        say!(lang, "照合ページを開くQRコード", "QR code that opens the check page")
    }

    /// The year, if the title of the course does not name it already.
    fn of_year(&self, lang: Lang) -> Option<String> {
        let named = self.course.text().contains(&self.year.to_string());
        let year = self.era.fiscal_year(self.year, lang);
        (!named || self.era == Era::Japanese).then(|| say!(lang, "（{year}）", " ({year})"))
    }

    /// The facts below the statement, as words.
    pub fn facts(&self, lang: Lang) -> Vec<(String, String)> {
        let course = format!("{}{}", self.course.text(), self.of_year(lang).unwrap_or_default());
        let mut facts = vec![
            (if self.alone { say!(lang, "件名", "Subject") } else { say!(lang, "研修名", "Course") }, course),
            (
                if self.alone {
                    say!(lang, "署名日", "Signed on")
                } else {
                    say!(lang, "修了日", "Completed on")
                },
                self.era.day(self.completed, lang),
            ),
        ];
        if let Some((title, version)) = &self.policy {
            let title = title.text();
            let line = say!(lang, "{title} 第{version}版", "{title} Version {version}");
            facts.push((say!(lang, "署名した規程", "Policy signed"), line));
        }
        if let Some(minutes) = self.minutes {
            let line = say!(lang, "{minutes}分", "{minutes} minutes");
            facts.push((say!(lang, "標準時間", "Course length"), line));
        }
        if let Some(day) = self.valid_until {
            facts.push((say!(lang, "有効期限", "Valid until"), self.era.day(day, lang)));
        }
        if self.way != WayView::Here {
            facts.push((say!(lang, "受け方", "How"), self.way.words(lang)));
        }
        facts
    }
}

impl Page for Certificate {
    fn title(&self, lang: Lang) -> String {
        let number = &self.number;
        let heading = self.heading(lang);
        if self.alone {
            say!(lang, "{heading} 第{number}号", "{heading} no. {number}")
        } else {
            say!(lang, "修了証 第{number}号", "Certificate no. {number}")
        }
    }

    fn kind(&self) -> PageKind {
        PageKind::Paper
    }

    fn view(self, lang: Lang) -> AnyView {
        let date = self.era.day(self.completed, lang);
        let (heading, number, statement) = (self.heading(lang), self.number_line(lang), self.statement(lang));
        let of_year = self.of_year(lang);
        let mut lines = self.facts(lang).into_iter();
        let Self {
            name,
            staff_number,
            course,
            policy,
            hospital,
            issuer,
            code,
            check_url,
            qr,
            withdrawn,
            pdf,
            proof,
            sealed,
            ..
        } = self;
        // The words of the course keep their own language and their readings; the rest is text.
        let course = view! { <Say words=course page=lang/>{of_year} }.into_any();
        let mut facts: Vec<Fact> =
            lines.next().map(|(name, _)| Fact { name, value: course }).into_iter().collect();
        facts.extend(lines.next().map(|(name, value)| Fact::text(name, value)));
        if let Some((title, version)) = policy {
            let edition = say!(lang, "第{version}版", "Version {version}");
            let value = view! { <Say words=title page=lang/>" "{edition} }.into_any();
            facts.extend(lines.next().map(|(name, _)| Fact { name, value }));
        }
        facts.extend(lines.map(|(name, value)| Fact::text(name, value)));
        let has_proof = proof.is_some();
        let qr = (!qr.is_empty()).then(|| view! { <QrCode rows=qr lang/> });
        view! {
            <div class="certificate-page">
                <BackLink href=paths::HOME.to_owned() words=say!(lang, "わたしの研修", "My training")/>
                {withdrawn.map(|day| {
                    let day = day.long(lang);
                    view! {
                        <Notice tone=Tone::Warn title=say!(
                            lang,
                            "この修了証は{day}に取り消されました。",
                            "This certificate was withdrawn on {day}.",
                        )/>
                    }
                })}
                <article class="certificate" data-withdrawn=withdrawn.map(|_| "")>
                    <p class="certificate__number">{number}</p>
                    <h1 class="certificate__title">{heading}</h1>
                    {withdrawn.map(|_| view! { <p class="certificate__void">{say!(lang, "取消", "Withdrawn")}</p> })}
                    <p class="certificate__name"><Written text=name lang/>{say!(lang, " 殿", "")}</p>
                    {staff_number.map(|number| view! {
                        <p class="certificate__staff">{say!(lang, "職員番号 {number}", "Staff number {number}")}</p>
                    })}
                    <p class="certificate__statement">{statement}</p>
                    <Facts facts/>
                    <div class="certificate__issuer">
                        <p>{date}</p>
                        <p class="certificate__hospital"><Written text=hospital lang/></p>
                        <p><Written text=issuer lang/></p>
                        <p class="certificate__seal">{if sealed { Self::seal_elsewhere(lang) } else { Self::without_seal(lang) }}</p>
                    </div>
                    <div class="certificate__check">
                        {qr}
                        <div>
                            <p>{Self::check_line(lang)}</p>
                            <p class="certificate__code">{Self::code_label(lang)}" "<code>{code}</code></p>
                            <p class="certificate__url">{check_url}</p>
                        </div>
                    </div>
                </article>
                <div class="certificate-page__tools">
                    {pdf.map(|href| view! {
                        <LinkButton href words=say!(lang, "PDFで保存", "Save as PDF") weight=Weight::Side shape=Shape::Save/>
                    })}
                    {proof.map(|href| view! {
                        <LinkButton href words=say!(lang, "証明ファイル", "Proof") weight=Weight::Side shape=Shape::Save/>
                    })}
                    <PrintButton lang/>
                </div>
                <p class="certificate-page__about">{if has_proof {
                    say!(
                        lang,
                        "証明ファイルがあれば、このサーバーにつながらなくても、修了の記録が本物だと確かめられます。",
                        "With the proof anybody can see that this completion was recorded, even without reaching this server.",
                    )
                } else {
                    say!(
                        lang,
                        "修了の記録は、1時間以内に署名されます。そのあとは、証明ファイルも保存できます。",
                        "The record of this completion is signed within the hour. From then on its proof can be saved here as well.",
                    )
                }}</p>
            </div>
        }
        .into_any()
    }
}

/// A QR code as one path of dark squares, with the quiet border of four that readers need.
#[component]
fn QrCode(rows: Vec<Vec<bool>>, lang: Lang) -> AnyView {
    let size = rows.len() + 8;
    view! {
        <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=Certificate::code_meaning(lang)>
            <rect class="qr__ground" width=size.to_string() height=size.to_string()></rect>
            <path class="qr__dark" d=dark_squares(&rows)></path>
        </svg>
    }
    .into_any()
}

/// Runs of dark modules as rectangles, in module units from the border.
fn dark_squares(rows: &[Vec<bool>]) -> String {
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&true) {
                let length = run.len();
                path.push_str(&format!("M{} {}h{length}v1h-{length}z", x + 4, y + 4));
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::dark_squares;

    #[test]
    fn runs_of_dark_modules_become_rectangles_inside_the_quiet_border() {
        let rows = [vec![true, true, false, true], vec![false, false, false, false]];
        assert_eq!(dark_squares(&rows), "M4 4h2v1h-2zM7 4h1v1h-1z");
    }
}
