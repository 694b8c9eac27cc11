//! What the database knows about the hospital: departments, people, postings, leaves, roles, imports, settings.

pub mod department;
pub mod import;
pub mod known;
pub mod posting;
pub mod role;
pub mod setting;
pub mod staff;

/// Every statement of this store, for the test that prepares them on both engines.
pub const STATEMENTS: &[&str] = &[
    department::ADD,
    department::ALL,
    department::BY_ID,
    department::RENAME,
    department::PUT_UNDER,
    department::MOVE_PATHS,
    department::CLOSE,
    import::ADD,
    import::BY_ID,
    import::NEWEST,
    import::HOLD,
    import::PLAN_AGAIN,
    import::CONFIRM,
    import::FORGET,
    import::FORGET_OLD,
    known::PEOPLE,
    known::PERSON,
    known::PLACES,
    known::PLACES_OF,
    known::MANAGERS,
    known::IS_MANAGER,
    posting::ADD,
    posting::END,
    posting::OF,
    posting::OPEN_AFTER,
    posting::HEADS,
    posting::ADD_LEAVE,
    posting::END_LEAVE,
    posting::LEAVES_OF,
    posting::AWAY,
    posting::IS_OUT,
    role::ADD,
    role::REVOKE,
    role::OF,
    role::IN_FORCE,
    role::MANAGERS,
    role::MANAGED,
    role::OF_LEAVERS,
    setting::ALL,
    setting::SET,
    setting::UNSET,
    staff::ADD,
    staff::CHANGE,
    staff::BY_ID,
    staff::BY_NUMBER,
    staff::ALL,
    staff::FIND,
    staff::COUNT_FOUND,
];
