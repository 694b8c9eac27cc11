//! The header and the footer of the hospital.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use crate::page::{Chrome, PageKind, RoleView, WhoView};
use crate::ui::icon::{Icon, Shape};
use crate::{Lang, paths, say};
use leptos::prelude::*;

/// The header: hospital, where one can go, language, and who is signed in.
#[component]
pub(crate) fn Head(chrome: Chrome, kind: PageKind) -> AnyView {
    let Chrome { lang, who, hospital, path, demo, .. } = chrome;
    let focus = kind == PageKind::Focus;
    let signed_in = who.is_some();
    let places = who.as_ref().filter(|_| !focus).map(|who| {
        view! { <Places lang roles=who.roles.clone() path=path.clone()/> }
    });
    let next_person = who.as_ref().filter(|who| who.shared_pc.is_some()).map(|_| {
        view! {
            <form method="post" action=paths::SIGN_OUT class="head__leave">
                <input type="hidden" name="next" value="person"/>
                <button class="head__button" type="submit">{say!(lang, "終了して次の人へ", "Finish, next person")}</button>
            </form>
        }
    });
    view! {
        <header class="head">
            {demo.then(|| view! {
                <p class="head__demo">{say!(
                    lang,
                    "見本の病院です。人も出来事も架空です。",
                    "This is a sample hospital. Its people and events are invented.",
                )}</p>
            })}
            <div class="head__bar">
                <a class="head__home" href=paths::HOME>
                    <svg class="head__mark" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
                        <rect width="64" height="64" rx="14"></rect>
                        <g>
                            <path d="M16 31c-.6 5-1.9 8.7-4 12"></path>
                            <path d="M24 25v17c0 5 2 7 7 7h7c5 0 7-2 7.5-8"></path>
                            <path d="M31 15c3 2.5 5 5 6.5 8"></path>
                            <path d="M47 26c3 4 4.8 8 5.5 12.5"></path>
                        </g>
                    </svg>
                    <span class="head__names">
                        <span class="head__hospital">{hospital}</span>
                        <span class="head__product">{say!(lang, "心得 SNS研修", "Kokoroe training")}</span>
                    </span>
                </a>
                <div class="head__tools">
                    {next_person}
                    {(!signed_in).then(|| view! { <LanguageSwitch lang path=path.clone()/> })}
                    {who.map(|who| view! { <Account lang who path/> })}
                </div>
            </div>
            {places}
        </header>
    }
    .into_any()
}

/// The other language, one press away, and back to the same page.
#[component]
fn LanguageSwitch(lang: Lang, path: String) -> AnyView {
    let other = lang.other();
    view! {
        <form method="post" action=paths::LANGUAGE class="head__language">
            <input type="hidden" name="return_to" value=path/>
            <button class="head__button" type="submit" name="lang" value=other.tag() lang=other.tag()>
                {other.own_name()}
            </button>
        </form>
    }
    .into_any()
}

/// The name, and behind it what belongs to the person.
#[component]
fn Account(lang: Lang, who: WhoView, path: String) -> AnyView {
    let settings = format!("{}?return_to={}", paths::SETTINGS, query_value(&path));
    let other = lang.other();
    view! {
        <details class="head__account">
            <summary class="head__button">
                <span class="head__name">{who.name}</span>
                <Icon shape=Shape::Down/>
            </summary>
            <ul class="head__menu" role="list">
                <li><a href=settings>{say!(lang, "表示の設定", "Display settings")}</a></li>
                <li><a href=paths::PASSWORD>{say!(lang, "パスワードの変更", "Change password")}</a></li>
                <li><a href=paths::HISTORY>{say!(lang, "これまでの記録", "My record")}</a></li>
                <li>
                    <form method="post" action=paths::LANGUAGE>
                        <input type="hidden" name="return_to" value=path/>
                        <button type="submit" name="lang" value=other.tag() lang=other.tag()>
                            {other.own_name()}
                        </button>
                    </form>
                </li>
                <li>
                    <form method="post" action=paths::SIGN_OUT>
                        <button type="submit">{say!(lang, "サインアウト", "Sign out")}</button>
                    </form>
                </li>
            </ul>
        </details>
    }
    .into_any()
}

/// Where one can go, by role.
#[component]
fn Places(lang: Lang, roles: Vec<RoleView>, path: String) -> AnyView {
    let mut places = vec![(paths::HOME, say!(lang, "わたしの研修", "My training"))];
    for (role, href, words) in [
        (RoleView::Manager, paths::TEAM, say!(lang, "部署の状況", "My departments")),
        (RoleView::Deputy, paths::TEAM, say!(lang, "部署の状況（代行）", "My departments (as deputy)")),
        (RoleView::Office, paths::OFFICE, say!(lang, "研修の管理", "Training office")),
        (RoleView::Auditor, paths::AUDIT, say!(lang, "監査", "Audit")),
    ] {
        if roles.contains(&role) {
            places.push((href, words));
        }
    }
    places.push((paths::POLICY, say!(lang, "SNS利用規程", "Social media policy")));
    let items = places
        .into_iter()
        .map(|(href, words)| {
            let here = is_within(&path, href).then_some("page");
            view! { <li><a href=href aria-current=here>{words}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="places" aria-label=say!(lang, "主なページ", "Main pages")>
            <ul class="places__list" role="list">{items}</ul>
        </nav>
    }
    .into_any()
}

/// Whether a page stands under an address of the navigation.
fn is_within(path: &str, href: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    if href == paths::HOME {
        return path == paths::HOME;
    }
    path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A local path as the value of a query field.
fn query_value(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend(
                [byte >> 4, byte & 15]
                    .map(|half| char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase()),
            );
        }
    }
    out
}

/// The footer: where help is, always at the same place.
#[component]
pub(crate) fn Foot(chrome: Chrome, kind: PageKind) -> AnyView {
    let Chrome { lang, who, help, release, .. } = chrome;
    let tools =
        who.map(|_| view! { <a href=paths::CHECKLISTS>{say!(lang, "チェックリスト", "Checklists")}</a> });
    let links = (!matches!(kind, PageKind::Focus | PageKind::Workshop)).then(|| {
        view! {
            <p class="foot__links">
                <a href=paths::POLICY>{say!(lang, "SNS利用規程", "Social media policy")}</a>
                {tools}
                <a href=paths::VERIFY>{say!(lang, "修了証の照合", "Check a certificate")}</a>
            </p>
        }
    });
    view! {
        <footer class="foot">
            <div class="foot__inner">
                {help.map(|help| view! {
                    <p class="foot__help"><b>{say!(lang, "困ったとき", "Need help?")}</b>" "{help}</p>
                })}
                {links}
                <p class="foot__release">{say!(lang, "心得 {release}", "Kokoroe {release}")}</p>
            </div>
        </footer>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{is_within, query_value};

    #[test]
    fn a_page_below_an_entry_of_the_navigation_marks_it() {
        assert!(is_within("/team/wards?status=overdue", "/team"));
        assert!(is_within("/", "/"));
        assert!(!is_within("/learn/1/2", "/"));
        assert!(!is_within("/teams", "/team"));
    }

    #[test]
    fn a_way_back_survives_as_the_value_of_a_query_field() {
        assert_eq!(query_value("/team?q=山&sort=kana"), "/team%3Fq%3D%E5%B1%B1%26sort%3Dkana");
    }
}
