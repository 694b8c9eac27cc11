//! The courses as the server uses them: through the public API only.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod closer;
#[cfg(test)]
mod diagnosis;
#[cfg(test)]
mod drafts;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod final_test;
#[cfg(test)]
mod grading;
#[cfg(test)]
mod graph;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod random;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod recall;
#[cfg(test)]
mod small;
#[cfg(test)]
mod stamps;
#[cfg(test)]
mod stored;
#[cfg(test)]
mod survey;
#[cfg(test)]
mod trials;
#[cfg(test)]
mod walks;
