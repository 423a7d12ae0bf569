//! What two places have in common: surface, length, points.

use domain::question::Sliver;
use geometry::Survey;

/// What a subject and an object have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Meeting {
    /// The surface that both cover, m².
    pub area_m2: f64,
    /// Its share of the subject, from 0 to 1; 0 if that has no surface.
    pub share_of_subject: f64,
    /// Its share of the object.
    pub share_of_object: f64,
    /// The length of the subject's lines in the object, m.
    pub length_of_subject_m: f64,
    /// The length of the object's lines in the subject, m.
    pub length_of_object_m: f64,
    /// How many points of the subject lie in the object.
    pub points_of_subject: usize,
    /// How many points of the object lie in the subject.
    pub points_of_object: usize,
}

/// How two places meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Met {
    /// They have this in common.
    Shares(Meeting),
    /// They cross, without surface, length or points in common: two lines.
    Crosses,
    /// They share a sliver, or touch.
    Sliver,
    /// They do not meet.
    Nothing,
}

/// How a record of one survey and a record of another meet.
#[must_use]
pub fn meet(subject: (&Survey, usize), object: (&Survey, usize)) -> Met {
    let ((own, at), (other, to)) = (subject, object);
    let meeting = measure(subject, object);
    let smaller = own.area(at).min(other.area(to));
    let surface = if Sliver::default().is(meeting.area_m2, smaller) {
        Meeting { area_m2: 0.0, share_of_subject: 0.0, share_of_object: 0.0, ..meeting }
    } else {
        meeting
    };
    if surface != Meeting::default() {
        return Met::Shares(surface);
    }
    if !own.intersects(at, other, to) {
        return Met::Nothing;
    }
    if own.length(at) > 0.0 && other.length(to) > 0.0 { Met::Crosses } else { Met::Sliver }
}

fn measure((own, at): (&Survey, usize), (other, to): (&Survey, usize)) -> Meeting {
    let area_m2 = own.overlap_area(at, other, to);
    // Both areas are sums of their own: the last digit of a share of all of it may be above one.
    let share = |whole: f64| if whole > 0.0 { (area_m2 / whole).min(1.0) } else { 0.0 };
    Meeting {
        area_m2,
        share_of_subject: share(own.area(at)),
        share_of_object: share(other.area(to)),
        length_of_subject_m: own.length_inside(at, other, to),
        length_of_object_m: other.length_inside(to, own, at),
        points_of_subject: own.points_inside(at, other, to),
        points_of_object: other.points_inside(to, own, at),
    }
}
