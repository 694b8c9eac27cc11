//! Invented names, with what makes real lists of names hard: old forms of characters, one name, many names, one kana.

use super::chance::Chance;

/// A name in the three scripts in which a hospital keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// Family name, or the only name.
    pub family: &'static str,
    /// Given name; may be empty.
    pub given: &'static str,
    /// Reading of the family name.
    pub family_kana: &'static str,
    /// Reading of the given name.
    pub given_kana: &'static str,
    /// In Latin letters, the family name first; may be empty.
    pub roman: String,
}

type Part = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const FAMILY: [Part; 105] = [
    ("佐藤", "サトウ", "Sato"), ("鈴木", "スズキ", "Suzuki"), ("田中", "タナカ", "Tanaka"), ("伊藤", "イトウ", "Ito"),
    ("山本", "ヤマモト", "Yamamoto"), ("中村", "ナカムラ", "Nakamura"), ("小林", "コバヤシ", "Kobayashi"),
    ("加藤", "カトウ", "Kato"), ("吉川", "ヨシカワ", "Yoshikawa"), ("山田", "ヤマダ", "Yamada"), ("佐々木", "ササキ", "Sasaki"),
    ("山口", "ヤマグチ", "Yamaguchi"), ("松本", "マツモト", "Matsumoto"), ("井上", "イノウエ", "Inoue"),
    ("木村", "キムラ", "Kimura"), ("林", "ハヤシ", "Hayashi"), ("斎藤", "サイトウ", "Saito"), ("清水", "シミズ", "Shimizu"),
    ("山崎", "ヤマザキ", "Yamazaki"), ("森", "モリ", "Mori"), ("阿部", "アベ", "Abe"), ("池田", "イケダ", "Ikeda"),
    ("橋本", "ハシモト", "Hashimoto"), ("石川", "イシカワ", "Ishikawa"), ("前田", "マエダ", "Maeda"),
    ("藤田", "フジタ", "Fujita"), ("小川", "オガワ", "Ogawa"), ("岡田", "オカダ", "Okada"), ("後藤", "ゴトウ", "Goto"),
    ("長谷川", "ハセガワ", "Hasegawa"), ("村上", "ムラカミ", "Murakami"), ("近藤", "コンドウ", "Kondo"),
    ("石井", "イシイ", "Ishii"), ("坂本", "サカモト", "Sakamoto"), ("遠藤", "エンドウ", "Endo"), ("青木", "アオキ", "Aoki"),
    ("藤井", "フジイ", "Fujii"), ("西村", "ニシムラ", "Nishimura"), ("福田", "フクダ", "Fukuda"), ("太田", "オオタ", "Ota"),
    ("三浦", "ミウラ", "Miura"), ("岡本", "オカモト", "Okamoto"), ("松田", "マツダ", "Matsuda"),
    ("中川", "ナカガワ", "Nakagawa"), ("中野", "ナカノ", "Nakano"), ("原田", "ハラダ", "Harada"), ("小野", "オノ", "Ono"),
    ("田村", "タムラ", "Tamura"), ("竹内", "タケウチ", "Takeuchi"), ("金子", "カネコ", "Kaneko"), ("和田", "ワダ", "Wada"),
    ("中山", "ナカヤマ", "Nakayama"), ("石田", "イシダ", "Ishida"), ("上田", "ウエダ", "Ueda"), ("森田", "モリタ", "Morita"),
    ("柴田", "シバタ", "Shibata"), ("酒井", "サカイ", "Sakai"), ("宮崎", "ミヤザキ", "Miyazaki"),
    ("横山", "ヨコヤマ", "Yokoyama"), ("高木", "タカギ", "Takagi"), ("安藤", "アンドウ", "Ando"),
    ("宮本", "ミヤモト", "Miyamoto"), ("大野", "オオノ", "Ono"), ("小島", "コジマ", "Kojima"), ("谷口", "タニグチ", "Taniguchi"),
    ("今井", "イマイ", "Imai"), ("工藤", "クドウ", "Kudo"), ("高田", "タカダ", "Takada"), ("増田", "マスダ", "Masuda"),
    ("丸山", "マルヤマ", "Maruyama"), ("杉山", "スギヤマ", "Sugiyama"), ("村田", "ムラタ", "Murata"),
    ("大塚", "オオツカ", "Otsuka"), ("新井", "アライ", "Arai"), ("小山", "コヤマ", "Koyama"), ("小山", "オヤマ", "Oyama"),
    ("平野", "ヒラノ", "Hirano"), ("藤原", "フジワラ", "Fujiwara"), ("野口", "ノグチ", "Noguchi"), ("松尾", "マツオ", "Matsuo"),
    ("千葉", "チバ", "Chiba"), ("菊地", "キクチ", "Kikuchi"), ("久保", "クボ", "Kubo"), ("岩崎", "イワサキ", "Iwasaki"),
    ("桜井", "サクライ", "Sakurai"), ("木下", "キノシタ", "Kinoshita"), ("野村", "ノムラ", "Nomura"),
    ("渡部", "ワタナベ", "Watanabe"), ("渡部", "ワタベ", "Watabe"), ("島田", "シマダ", "Shimada"),
    ("菅原", "スガワラ", "Sugawara"), ("古川", "フルカワ", "Furukawa"), ("水野", "ミズノ", "Mizuno"),
    ("小松", "コマツ", "Komatsu"), ("桑原", "クワバラ", "Kuwabara"), ("五十嵐", "イガラシ", "Igarashi"),
    ("東海林", "ショウジ", "Shoji"), ("日比野", "ヒビノ", "Hibino"), ("神谷", "カミヤ", "Kamiya"), ("東", "アズマ", "Azuma"),
    ("東", "ヒガシ", "Higashi"), ("辻", "ツジ", "Tsuji"), ("関", "セキ", "Seki"), ("堀", "ホリ", "Hori"),
    ("牧", "マキ", "Maki"),
];

#[rustfmt::skip]
const WOMEN: [Part; 60] = [
    ("美冴", "ミサエ", "Misae"), ("由美佳", "ユミカ", "Yumika"), ("恵", "メグミ", "Megumi"), ("千陽", "チハル", "Chiharu"),
    ("彩乃", "アヤノ", "Ayano"), ("麻依", "マイ", "Mai"), ("久実", "クミ", "Kumi"), ("真由佳", "マユカ", "Mayuka"),
    ("尚代", "ナオヨ", "Naoyo"), ("裕香", "ユウカ", "Yuka"), ("智世", "トモヨ", "Tomoyo"), ("幸代", "サチヨ", "Sachiyo"),
    ("綾音", "アヤネ", "Ayane"), ("沙緒", "サオ", "Sao"), ("七海", "ナナミ", "Nanami"), ("葵", "アオイ", "Aoi"),
    ("結", "ユイ", "Yui"), ("早季枝", "サキエ", "Sakie"), ("里央", "リオ", "Rio"), ("美帆子", "ミホコ", "Mihoko"),
    ("典江", "ノリエ", "Norie"), ("奈津", "ナツ", "Natsu"), ("友香子", "ユカコ", "Yukako"), ("瑞穂", "ミズホ", "Mizuho"),
    ("茜", "アカネ", "Akane"), ("楓", "カエデ", "Kaede"), ("桃代", "モモヨ", "Momoyo"), ("理絵子", "リエコ", "Rieko"),
    ("佳菜江", "カナエ", "Kanae"), ("春佳", "ハルカ", "Haruka"), ("夏妃", "ナツキ", "Natsuki"), ("秋穂", "アキホ", "Akiho"),
    ("百合", "ユリ", "Yuri"), ("純奈", "ジュンナ", "Junna"), ("洋香", "ヨウカ", "Yoka"), ("和美", "カズミ", "Kazumi"),
    ("亜紀", "アキ", "Aki"), ("聡美", "サトミ", "Satomi"), ("志保", "シホ", "Shiho"), ("多恵", "タエ", "Tae"),
    ("初音", "ハツネ", "Hatsune"), ("弥生", "ヤヨイ", "Yayoi"), ("皐月", "サツキ", "Satsuki"), ("文", "フミ", "Fumi"),
    ("琴", "コト", "Koto"), ("真琴", "マコト", "Makoto"), ("紗季", "サキ", "Saki"), ("実花", "ミカ", "Mika"),
    ("郁恵", "イクエ", "Ikue"), ("靖子", "ヤスコ", "Yasuko"), ("千代", "チヨ", "Chiyo"), ("菜摘", "ナツミ", "Natsumi"),
    ("遥香", "ハルカ", "Haruka"), ("悠", "ユウ", "Yu"), ("つぐみ", "ツグミ", "Tsugumi"), ("さくら", "サクラ", "Sakura"),
    ("ひより", "ヒヨリ", "Hiyori"), ("みのり", "ミノリ", "Minori"), ("あずさ", "アズサ", "Azusa"), ("若菜", "ワカナ", "Wakana"),
];

#[rustfmt::skip]
const MEN: [Part; 40] = [
    ("健之", "タケユキ", "Takeyuki"), ("泰輔", "タイスケ", "Taisuke"), ("翔吾", "ショウゴ", "Shogo"), ("誠一郎", "セイイチロウ", "Seiichiro"),
    ("浩史", "ヒロシ", "Hiroshi"), ("隆之", "タカユキ", "Takayuki"), ("直紀", "ナオキ", "Naoki"), ("拓実", "タクミ", "Takumi"),
    ("亮二", "リョウジ", "Ryoji"), ("学", "マナブ", "Manabu"), ("剛志", "ツヨシ", "Tsuyoshi"), ("雄一", "ユウイチ", "Yuichi"),
    ("修平", "シュウヘイ", "Shuhei"), ("茂", "シゲル", "Shigeru"), ("哲治", "テツジ", "Tetsuji"), ("康之", "ヤスユキ", "Yasuyuki"),
    ("悟志", "サトシ", "Satoshi"), ("駿太", "シュンタ", "Shunta"), ("蓮", "レン", "Ren"), ("樹", "イツキ", "Itsuki"),
    ("悠生", "ユウセイ", "Yusei"), ("一馬", "カズマ", "Kazuma"), ("慎太", "シンタ", "Shinta"), ("達夫", "タツオ", "Tatsuo"),
    ("正人", "マサト", "Masato"), ("光", "ヒカル", "Hikaru"), ("陸", "リク", "Riku"), ("航", "ワタル", "Wataru"),
    ("豊彦", "トヨヒコ", "Toyohiko"), ("薫平", "クンペイ", "Kumpei"), ("潤一郎", "ジュンイチロウ", "Junichiro"), ("敏郎", "トシロウ", "Toshiro"),
    ("俊明", "トシアキ", "Toshiaki"), ("伸", "シン", "Shin"), ("晃一", "コウイチ", "Koichi"), ("巧", "タクミ", "Takumi"),
    ("弘毅", "コウキ", "Koki"), ("雅臣", "マサオミ", "Masaomi"), ("章太郎", "ショウタロウ", "Shotaro"),
    ("宗一郎", "ソウイチロウ", "Soichiro"),
];

/// Names that test a list: number, family, given, their readings, Latin letters.
type Special = (u32, &'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const SPECIAL: [Special; 24] = [
    (100_301, "髙橋", "美和", "タカハシ", "ミワ", "Takahashi Miwa"),
    (100_302, "﨑山", "千夏", "サキヤマ", "チナツ", "Sakiyama Chinatsu"),
    (100_303, "𠮷田", "香織", "ヨシダ", "カオリ", "Yoshida Kaori"),
    (100_304, "渡邊", "瑠美", "ワタナベ", "ルミ", "Watanabe Rumi"),
    (100_305, "スリヤニ", "", "スリヤニ", "", "Suryani"),
    (100_311, "渡邉", "亜由美", "ワタナベ", "アユミ", "Watanabe Ayumi"),
    (100_313, "齋藤", "咲良", "サイトウ", "サラ", "Saito Sara"),
    (100_318, "グエン", "ティ トゥイ リン", "グエン", "ティ トゥイ リン", "Nguyễn Thị Thùy Linh"),
    (100_319, "于", "偉", "ウ", "イ", "Yu Wei"),
    (100_402, "濵田", "啓子", "ハマダ", "ケイコ", "Hamada Keiko"),
    (100_405, "マリア クリスティーナ", "デ ラ クルス サントス", "マリア クリスティーナ", "デ ラ クルス サントス", "Maria Cristina de la Cruz Santos"),
    (100_409, "井", "杏", "イ", "アン", "I An"),
    (100_503, "勅使河原", "龍之介", "テシガワラ", "リュウノスケ", "Teshigawara Ryunosuke"),
    (100_508, "プラティウィ", "", "プラティウィ", "", "Pratiwi"),
    (100_604, "眞邉", "惠理子", "マナベ", "エリコ", "Manabe Eriko"),
    (100_612, "鈴木＝ミュラー", "アンナ", "スズキ ミュラー", "アンナ", "Suzuki-Müller Anna"),
    (100_703, "髙𣘺", "圭", "タカハシ", "ケイ", "Takahashi Kei"),
    (101_103, "陳", "思遠", "チン", "シエン", "Chen Siyuan"),
    (101_203, "𠮷﨑", "朔太朗", "ヨシザキ", "サクタロウ", "Yoshizaki Sakutaro"),
    (101_302, "小比類巻", "環", "コヒルイマキ", "タマキ", "Kohiruimaki Tamaki"),
    (102_104, "柳", "怜", "リュウ", "レイ", "Liu Rei"),
    (102_205, "アナスタシア", "ヴォロニナ", "アナスタシア", "ヴォロニナ", ""),
    (102_304, "神代", "澪", "クマシロ", "ミオ", "Kumashiro Mio"),
    (103_105, "曾我部", "迪子", "ソガベ", "ミチコ", "Sogabe Michiko"),
];

/// Gives out names so that nobody is called like somebody else.
#[derive(Debug)]
pub(super) struct Names {
    families: Vec<Part>,
    women: Vec<Part>,
    men: Vec<Part>,
    given_out: usize,
}

impl Names {
    pub(super) fn new() -> Self {
        let mut chance = Chance::of("names");
        Self {
            families: chance.shuffled(&FAMILY),
            women: chance.shuffled(&WOMEN),
            men: chance.shuffled(&MEN),
            given_out: 0,
        }
    }

    /// The name of the person with this number.
    pub(super) fn of(&mut self, number: u32, woman: bool) -> Name {
        let special = SPECIAL.into_iter().find(|special| special.0 == number);
        if let Some((_, family, given, family_kana, given_kana, roman)) = special {
            return Name { family, given, family_kana, given_kana, roman: roman.to_owned() };
        }
        let at = self.given_out;
        self.given_out += 1;
        let given = if woman { &self.women } else { &self.men };
        // Each time all families have been used, the given names have moved on: no pair comes twice.
        let round = at / self.families.len().max(1);
        let family = self.families.get(at % self.families.len().max(1)).copied().unwrap_or_default();
        let given = given.get((at + round * 7) % given.len().max(1)).copied().unwrap_or_default();
        Name {
            family: family.0,
            given: given.0,
            family_kana: family.1,
            given_kana: given.1,
            roman: format!("{} {}", family.2, given.2),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Names, SPECIAL};

    #[test]
    fn nobody_is_called_like_somebody_else() {
        let mut names = Names::new();
        let mut seen = BTreeSet::new();
        for number in 0..400 {
            let name = names.of(number, number % 3 != 0);
            assert!(seen.insert((name.family, name.family_kana, name.given)), "{name:?}");
        }
    }

    #[test]
    fn hard_names_are_there() {
        let all: String = SPECIAL.iter().map(|special| [special.1, special.2].concat()).collect();
        for character in ['髙', '﨑', '𠮷', '邊'] {
            assert!(all.contains(character), "{character}");
        }
        assert!(SPECIAL.iter().any(|special| special.2.is_empty()), "somebody with one name");
        assert!(SPECIAL.iter().any(|special| special.5.is_empty()), "somebody without Latin letters");
        let reading = |special: &super::Special| special.3.chars().count() + special.4.chars().count();
        assert_eq!(SPECIAL.iter().map(reading).min(), Some(2), "one kana each");
        assert!(SPECIAL.iter().map(reading).max() > Some(18), "many kana");
    }
}
