//! How the screen should look.

use crate::page::Page;
use crate::page::TextSize;
use crate::ui::{BackLink, CheckSwitch, ChoiceList, ChoiceRow, LinkButton, Notice, Submit, Tone, Weight};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// Display settings. POST to [`crate::paths::SETTINGS`]: `lang`, `text_size` (codes of [`TextSize`]), `furigana`, `easy` and
/// `calm` (`on` or absent), `return_to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Language.
    pub lang: Lang,
    /// Readings above kanji in course text.
    pub furigana: bool,
    /// Course texts and the policy in plain Japanese.
    pub easy: bool,
    /// Size of the text.
    pub text_size: TextSize,
    /// No motion.
    pub calm: bool,
    /// Local path to go back to.
    pub return_to: Option<String>,
    /// The settings have just been saved.
    pub saved: bool,
    /// Somebody is signed in, who has a password to change.
    pub signed_in: bool,
}

impl Page for Settings {
    fn title(&self, lang: Lang) -> String {
        say!(lang, "表示の設定", "Display settings")
    }

    fn view(self, lang: Lang) -> AnyView {
        let back = self.return_to.clone().unwrap_or_else(|| paths::HOME.to_owned());
        let return_to =
            self.return_to.map(|path| view! { <input type="hidden" name="return_to" value=path/> });
        let languages = [Lang::Ja, Lang::En]
            .into_iter()
            .map(|each| ChoiceRow {
                value: each.tag().to_owned(),
                words: view! { <span lang=each.tag()>{each.own_name()}</span> }.into_any(),
                aside: None,
                shape: None,
                below: None,
                chosen: each == self.lang,
            })
            .collect();
        let sizes = TextSize::ALL
            .into_iter()
            .map(|size| {
                let words = match size {
                    TextSize::Standard => say!(lang, "標準", "Standard"),
                    TextSize::Large => say!(lang, "大きい", "Large"),
                    TextSize::Largest => say!(lang, "とても大きい", "Very large"),
                };
                ChoiceRow {
                    value: size.code().to_owned(),
                    words: view! { <span class="text-sample" data-size=size.code()>{words}</span> }
                        .into_any(),
                    aside: None,
                    shape: None,
                    below: None,
                    chosen: size == self.text_size,
                }
            })
            .collect();
        view! {
            <div class="narrow">
                <BackLink href=back words=say!(lang, "もとのページへもどる", "Back to where you were")/>
                {self.saved.then(|| view! {
                    <Notice tone=Tone::Done live=true title=say!(lang, "設定を保存しました。", "Your settings are saved.")/>
                })}
                <h1>{say!(lang, "表示の設定", "Display settings")}</h1>
                <form method="post" action=paths::SETTINGS class="form">
                    {return_to}
                    <ChoiceList
                        name="lang"
                        legend=view! { <span>{say!(lang, "ことば", "Language")}</span> }.into_any()
                        rows=languages
                        short=true
                    />
                    <ChoiceList
                        name="text_size"
                        legend=view! { <span>{say!(lang, "文字の大きさ", "Text size")}</span> }.into_any()
                        rows=sizes
                        short=true
                    />
                    <CheckSwitch
                        name="furigana"
                        words=say!(lang, "ふりがなを付ける", "Show readings above kanji")
                        on=self.furigana
                    />
                    <CheckSwitch
                        name="easy"
                        words=say!(lang, "やさしい日本語で読む", "Plain Japanese")
                        hint=say!(
                            lang,
                            "研修と規程の文を、やさしい日本語で出します。まだないところは、ふつうの日本語です。ふりがなも付きます。",
                            "For pages in Japanese: the training and the policy in simpler words where there are any, with readings. \
                             It changes nothing while the language is English.",
                        )
                        on=self.easy
                    />
                    <CheckSwitch
                        name="calm"
                        words=say!(lang, "動きを減らす", "Reduce motion")
                        hint=say!(lang, "画面の動きをなくします。", "Nothing on the screen moves by itself.")
                        on=self.calm
                    />
                    <div class="form__end"><Submit words=say!(lang, "保存する", "Save")/></div>
                </form>
                {self.signed_in.then(|| view! {
                    <p class="links">
                        <LinkButton
                            href=paths::PASSWORD.to_owned()
                            weight=Weight::Light
                            words=say!(lang, "パスワードを変える", "Change your password")
                        />
                    </p>
                })}
            </div>
        }
        .into_any()
    }
}
