//! The hospital, its departments and the people in them.

pub mod codes;
pub mod department;
pub mod hospital;
pub mod import;
pub mod name;
pub mod posting;
pub mod role;
pub mod scribe;
pub mod staff;
pub mod store;

pub use department::{NewDepartment, add_department, close_department, move_department, rename_department};
pub use hospital::Hospital;
pub use name::display_name;
pub use posting::{NewLeave, NewPosting, add_leave, end_leave, end_posting, is_out, post};
pub use role::{Role, grant, revoke};
pub use scribe::Scribe;
pub use staff::{NewStaff, add_staff, come_back, leave_hospital, update_staff};
