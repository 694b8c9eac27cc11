//! The learner's way, from what is owed to the certificate. One file a page.

pub mod act;
pub mod answer_sheet;
mod answered;
pub(crate) mod ask;
pub mod asked;
pub mod because;
pub mod certificate;
pub mod certificate_check;
pub mod certificate_proof;
pub mod checklists;
pub mod debrief;
pub mod decision;
pub mod history;
pub mod module_done;
pub mod module_intro;
pub mod my_training;
pub mod objection;
pub mod objection_answer;
pub mod objections;
pub mod owed;
pub mod pause;
pub mod recall;
pub mod sign;
pub mod sign_check;
pub mod sign_done;
pub mod step;
pub mod step_head;
pub mod test_result;
pub(crate) mod track;
pub mod why;
pub mod why_detail;

pub use act::Act;
pub use answer_sheet::{AnswerSheet, SheetRow, SheetSummary};
pub use ask::{DiagnosisOffer, diagnosis_heading, tried_words};
pub use asked::{
    AnswerError, Asked, CardView, ChoiceView, PartView, PickKind, PickView, PictureView, PieceView,
    PointView, RegionView, Scene, SortView, TriageView,
};
pub use because::Because;
pub use certificate::Certificate;
pub use certificate_check::{CertificateCheck, CertificateCheckError, CertificateFound};
pub use certificate_proof::{CertificateProof, ProofFault, ProofScripts, Proven, Restore, RestoreFault};
pub use checklists::{ChecklistView, Checklists};
pub use debrief::{DebriefPage, IncidentKind, IncidentView, LookBack, PathStep};
pub use decision::{PartAct, PostAct, TextAct, Way, act_word, way_word};
pub use history::{History, SignedText, YearLine};
pub use module_done::ModuleDone;
pub use module_intro::{IntroAction, ModuleIntro, StepKind, StepLine, StepState};
pub use my_training::{CertificateLine, MyTraining, Next, NextKind};
pub use objection::{ObjectionBox, ObjectionError, ReplyLine};
pub use objection_answer::{ObjectionPage, ReplyError};
pub use objections::{
    Given, ObjectionLine, ObjectionState, ObjectionsPage, ShownLine, ShownQuestion, StateTab,
};
pub use owed::{Due, ModuleRow, ModuleState, Owed, SignRow};
pub use pause::Pause;
pub use recall::{RecallNone, RecallPage, RecallWhy};
pub use sign::{PolicySign, StatementView};
pub use sign_check::{PolicySignCheck, SignError};
pub use sign_done::SignDone;
pub use step::StepPage;
pub use step_head::{Care, CareKind, LogLine, StepHead, Swap};
pub use test_result::{TestResultPage, TopicLine};
pub use track::{TrackOf, TrackReason};
pub use why::{Arrived, DiagnosedView, OtherChoice, WhyPage};
pub use why_detail::{
    CardResult, ModelReply, MosaicResult, PickResult, PieceResult, RegionResult, Remark, RemarkLevel,
    RowResult, RowsKind, WhyDetail,
};
