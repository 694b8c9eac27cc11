//! Places in a drawing: boxes over it, or the same boxes as a list.
#![expect(unreachable_pub, reason = "the component macro makes props with the visibility of the function")]

use super::question;
use crate::islands::picture::{Picture, PictureWords};
use crate::training::asked::{PictureView, RegionView};
use crate::ui::{Icon, Place, Placed, Say, Shape, Words};
use crate::{Lang, say};
use leptos::prelude::*;

/// The drawing with its places as boxes.
#[component]
pub(crate) fn PictureForm(
    ask: Words,
    picture: PictureView,
    regions: Vec<RegionView>,
    picked: Vec<String>,
    error: Option<String>,
    lang: Lang,
) -> AnyView {
    let places = regions.iter().zip(1_u16..).map(|(region, n)| Place { n, at: region.at }).collect();
    let count = u32::try_from(picked.len()).unwrap_or(0);
    let size = picture.size;
    let regions = regions
        .into_iter()
        .zip(1_u16..)
        .map(move |(RegionView { id, label, .. }, n)| {
            let field = format!("pick-{n}");
            let owner = field.clone();
            let ticked = picked.contains(&id);
            view! {
                <label class=format!("region at-{n}") for=owner>
                    <input class="choice__box region__box" type="checkbox" name="pick" value=id id=field checked=ticked/>
                    <span class="region__number" aria-hidden="true">{n}</span>
                    <span class="region__words"><Say words=label page=lang/></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices picture">
            <legend class="choices__legend">
                {question(ask, lang)}
                <p class="ask__how">{say!(
                    lang,
                    "絵の番号にふれて選びます。リストでも選べます。",
                    "Touch the numbers in the picture, or answer from the list.",
                )}</p>
                {error.map(|error| view! {
                    <span class="field__error"><Icon shape=Shape::Warn/><span>{error}</span></span>
                })}
            </legend>
            <label class="picture__switch" for="as-list">
                <input class="choice__box" type="checkbox" id="as-list"/>
                <span>{say!(lang, "リストで答える", "Answer from a list")}</span>
            </label>
            <Placed size places/>
            <Picture words=PictureWords::new(lang) picked=count>
                <div class="picture__stage">
                    <img class="picture__drawing" src=picture.src alt=picture.say.text() width=size.0.to_string() height=size.1.to_string()/>
                    <div class="picture__regions">{regions}</div>
                </div>
            </Picture>
        </fieldset>
    }
    .into_any()
}
