//! Why a setting is not taken, in both languages.

use kokoroe_papers::PaperError;

use crate::db::DbError;

/// Why a setting was not changed. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// There is no such setting.
    #[error(
        "{0}: there is no such setting; kokoroe settings lists them.\n{0}：この名前の設定はありません。kokoroe settings で一覧を見られます。"
    )]
    Unknown(String),
    /// A help line is not written as one.
    #[error(
        "a help line is written as name|name in English|number|hours|hours in English.\n相談窓口は「名前|英語の名前|番号|時間|英語の時間」と書きます。"
    )]
    HelpLine,
    /// A share is not written as one.
    #[error("a share is a whole number from 0 to 100.\n割合は0から100までの整数で書きます。")]
    Share,
    /// A number is not between 1 and this.
    #[error("a whole number from 1 to {0}.\n1から{0}までの整数で書きます。")]
    Number(u16),
    /// Records are not kept for so few or so many years.
    #[error("a whole number from 3 to 50.\n3から50までの整数で書きます。")]
    Years,
    /// Not a mail server that can be used.
    #[error(
        "a mail server is written as smtp://host:port or smtps://host:port, without a user.\n\
         メールサーバーは smtp://ホスト名:ポート か smtps://ホスト名:ポート と書きます。ユーザー名は mail.user に書きます。"
    )]
    MailServer,
    /// Not a time stamp authority that can be asked.
    #[error(
        "a time stamp authority is written as https://host/path or http://host/path, without a user.\n\
         時刻認証局は https://ホスト名/パス か http://ホスト名/パス と書きます。ユーザー名は tsa.user に書きます。"
    )]
    StampAuthority,
    /// Not a witness that can be asked.
    #[error(
        "a witness is written as https://host or http://host:port.\n\
         証人は https://ホスト名 か http://ホスト名:ポート と書きます。"
    )]
    Witness,
    /// Not the key of a witness.
    #[error(
        "this is not the verifier key of a witness. kokoroe witness prints it at its start.\n\
         証人の検証鍵として読めません。kokoroe witness の起動のときに表示される鍵を入れます。"
    )]
    WitnessKey,
    /// The server finds a file by its whole path, wherever it was started.
    #[error(
        "{0}: a file is named by its whole path, from / on.\n{0}：ファイルは / から始まるパスで書きます。"
    )]
    File(String),
    /// Not an address.
    #[error("{0}: not a mail address.\n{0}：メールアドレスとして読めません。")]
    MailAddress(String),
    /// Not quiet hours.
    #[error(
        "quiet hours are written as 18-8 sat sun, or none; at least one hour of the week must be left.\n\
         送らない時間は 18-8 sat sun のように書きます。なければ none と書きます。"
    )]
    Quiet,
    /// Years are counted in one of two ways.
    #[error("hospital.era is western or japanese.\nhospital.era は western（西暦）か japanese（和暦）です。")]
    Era,
    /// A picture is not typed.
    #[error("kokoroe set-seal FILE sets the seal.\n印は kokoroe set-seal ファイル で入れます。")]
    Seal,
    /// The picture of the seal cannot be used.
    #[error("{0}.\n印の画像は、128KB以下で縦横2000画素以下のPNGにします。")]
    Picture(#[from] PaperError),
    /// The value is more than a line.
    #[error("a value is one line of at most 300 characters.\n値は300文字までの1行で書きます。")]
    Form,
    /// The records.
    #[error(transparent)]
    Db(#[from] DbError),
}
