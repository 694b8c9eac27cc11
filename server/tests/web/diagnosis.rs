//! Trying a module before reading it.

use http::StatusCode;
use kokoroe_courses::{Item, Step, Task};
use kokoroe_server::id::{PeriodId, StaffId};

use crate::support::solve::{self, Temper};
use crate::support::{Browser, TestSite, engines};

const MODULE: &str = "m1-photo";

/// Somebody on the page before the module.
struct Nurse {
    test: TestSite,
    browser: Browser,
    staff: StaffId,
    period: PeriodId,
    base: String,
}

impl Nurse {
    async fn of(test: TestSite) -> Self {
        let staff = test.ward().await.nurse;
        let period = test.period(&staff).await;
        let browser = test.signed_in("100001").await;
        Self { test, browser, base: format!("/learn/{period}/{MODULE}"), staff, period }
    }

    /// Answers the open step and reads what comes of it.
    async fn answer(&mut self, temper: Temper) -> String {
        let ask = solve::answer(&self.test.site, &self.staff, &self.period, MODULE, temper).await;
        let ask = ask.expect("a step");
        let fields: Vec<(&str, &str)> = ask.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let saved = self.browser.post(&format!("{}/{}", self.base, ask.turn), &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        self.browser.follow(saved.location()).await.1.body
    }
}

#[tokio::test]
async fn whoever_knows_it_already_is_spared_the_pages() {
    for engine in engines() {
        let mut nurse = Nurse::of(TestSite::on(engine).await).await;
        let intro = nurse.browser.get(&nurse.base).await.body;
        assert!(intro.contains("もう知っている人は") && intro.contains("name=\"try\""), "{intro}");
        let begun = nurse.browser.post(&nurse.base, &[("try", "1")]).await;
        assert_eq!(begun.location(), format!("{}/2", nurse.base), "the offer is answered on the page before");
        let first = nurse.answer(Temper::Best).await;
        assert!(!first.contains("省きます") && !first.contains("もう一度考える"), "{first}");
        let last = nurse.answer(Temper::Best).await;
        assert!(last.contains("2問とも、よい答えでした。読むページ2枚を省きます。"), "{last}");
        let next = nurse.browser.get(&format!("{}/4", nurse.base)).await.body;
        assert!(!next.contains("class=\"reading\""), "{next}");
    }
}

#[tokio::test]
async fn whoever_does_not_is_told_nothing_away_and_goes_on_as_everybody_does() {
    let mut nurse = Nurse::of(TestSite::new().await).await;
    nurse.browser.post(&nurse.base, &[("try", "1")]).await;
    let first = nurse.answer(Temper::Worst).await;
    assert!(first.contains("読んでから、もう一度考えます。"), "{first}");
    let module = nurse.test.site.content.module(MODULE).expect("a module").1;
    let drawing = module.steps().iter().find_map(|step| match step {
        Step::Item(Item { task: Task::Hotspot(drawing), .. }) => Some(drawing),
        _ => None,
    });
    for leak in drawing.expect("a drawing").regions.iter().filter(|region| region.leak) {
        assert!(!first.contains(&leak.why.ja), "what was not found is left for later: {first}");
    }
    let again = nurse.browser.post(&format!("{}/2/again", nurse.base), &[("again", "1")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "a first answer stays the first");
    let last = nurse.answer(Temper::Worst).await;
    assert!(last.contains("ここからは、読んで進みます。"), "{last}");
    let next = nurse.browser.get(&format!("{}/4", nurse.base)).await.body;
    assert!(next.contains("class=\"reading\""), "{next}");
}

#[tokio::test]
async fn beginning_twice_begins_once_and_its_first_step_says_what_was_chosen() {
    let mut nurse = Nurse::of(TestSite::new().await).await;
    nurse.browser.post(&nurse.base, &[]).await;
    let read = nurse.browser.get(&format!("{}/2", nurse.base)).await.body;
    assert!(read.contains("class=\"reading\""), "{read}");
    let offer = nurse.browser.get(&format!("{}/1", nurse.base)).await.body;
    assert!(offer.contains("先に試しますか") && offer.contains("読んでから始める"), "{offer}");
    let twice = nurse.browser.post(&nurse.base, &[("try", "1")]).await;
    assert_eq!(twice.location(), format!("{}/2", nurse.base), "beginning twice begins once");
}
