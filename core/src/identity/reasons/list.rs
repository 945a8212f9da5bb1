use alloc::string::String;

use super::{Fixer, Redo, Region};

/// One line for each reason: its code, who can mend it, whether the same person may try again, what is done again, the part
/// that is ringed, and the measures that lead to it.
macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal: $fixer:ident, $retry:ident, $redo:ident, $region:ident, [$($measure:literal),*];)*) => {
        /// A cause for which an identification was not accepted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {
            $($(#[$doc])* $name,)*
        }

        impl Reason {
            /// Every reason, in the order in which they are shown when there are several: what is mended first stands
            /// first.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable code, as listed in `tests/vectors/error-codes.json`.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Who can do something about it.
            #[must_use]
            pub fn fixer(self) -> Fixer {
                match self { $(Self::$name => Fixer::$fixer,)* }
            }

            /// Whether trying again can help. If not, the person is sent on to [`fixer`](Self::fixer).
            #[must_use]
            pub fn retry(self) -> bool {
                match self { $(Self::$name => reasons!(@$retry),)* }
            }

            /// What is done again.
            #[must_use]
            pub fn redo(self) -> Redo {
                match self { $(Self::$name => Redo::$redo,)* }
            }

            /// What is ringed.
            #[must_use]
            pub fn region(self) -> Region {
                match self { $(Self::$name => Region::$region,)* }
            }

            /// The names of the measures that lead to it, each shown with its value and its limit; none where a person or
            /// a comparison decides.
            #[must_use]
            pub fn measures(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($measure),*],)* }
            }
        }
    };
    (@again) => { true };
    (@once) => { false };
}

reasons! {
    /// A photo did not arrive.
    PhotoNotArrived = "photo_not_arrived": Technician, again, Photo, Nothing, [];
    /// The file is damaged, too large or no picture that can be judged.
    PhotoFileUnusable = "photo_file_unusable": Technician, again, Photo, Nothing, [];
    /// Nothing but black: the lens was covered, or the camera did not start.
    PhotoBlack = "photo_black": Technician, again, Photo, Picture, ["black_frame"];
    /// No document is found in the picture.
    PhotoNoDocument = "photo_no_document": Technician, again, Photo, Picture, ["document"];
    /// A corner or an edge of the document lies outside the picture.
    PhotoCutOff = "photo_cut_off": Technician, again, Photo, Edge, ["cut_off"];
    /// A finger or a thing lies over an edge.
    PhotoCovered = "photo_covered": Technician, again, Photo, Edge, ["fingers"];
    /// The camera gives too few pixels, however near it is.
    PhotoFewPixels = "photo_few_pixels": Technician, again, Photo, Nothing, ["frame_size"];
    /// Too few pixels across the document.
    PhotoSmall = "photo_small": Technician, again, Photo, Document, ["resolution"];
    /// Seen too much from the side.
    PhotoTilted = "photo_tilted": Technician, again, Photo, Document, ["tilt"];
    /// Too little light.
    PhotoDark = "photo_dark": Technician, again, Photo, Document, ["darkness"];
    /// Too much light, white where there is print.
    PhotoBright = "photo_bright": Technician, again, Photo, Document, ["brightness"];
    /// A reflection over text, zone or portrait.
    PhotoGlare = "photo_glare": Technician, again, Photo, Reflection, ["glare"];
    /// Out of focus.
    PhotoBlurred = "photo_blurred": Technician, again, Photo, Text, ["sharpness"];
    /// Smeared by a movement.
    PhotoShaken = "photo_shaken": Technician, again, Photo, Text, ["motion"];
    /// Print and ground are too much alike.
    PhotoFaint = "photo_faint": Technician, again, Photo, Text, ["contrast"];
    /// A copy without colours.
    PhotoWithoutColour = "photo_without_colour": Technician, again, Photo, Document, ["grey_copy"];
    /// The front was sent for the back, or the other way round.
    PhotoWrongSide = "photo_wrong_side": Technician, again, Photo, Document, ["same_side"];
    /// The very picture that was refused before.
    PhotoSentBefore = "photo_sent_before": Technician, again, Photo, Picture, ["same_picture"];
    /// A reviewer saw a screen or a print instead of the document.
    PhotoOfPicture = "photo_of_picture": Technician, again, Photo, Document, [];
    /// The machine-readable zone cannot be read.
    ZoneUnreadable = "zone_unreadable": Technician, again, Photo, Zone, [];
    /// Check digits of the machine-readable zone fail.
    ZoneInconsistent = "zone_inconsistent": Technician, again, Photo, Zone, [];
    /// The document is not of the kind or the country that was chosen.
    DocumentOther = "document_other": Technician, again, Document, Document, [];
    /// This kind of document is not accepted from this country.
    DocumentNotOffered = "document_not_offered": Technician, again, Document, Nothing, [];
    /// The document is no longer valid.
    DocumentExpired = "document_expired": Technician, again, Document, Document, ["expiry_date"];
    /// The document is damaged where it has to be read.
    DocumentDamaged = "document_damaged": Technician, again, Document, Document, [];
    /// A sample, not a document of a person.
    DocumentSpecimen = "document_specimen": Technician, again, Document, Document, [];
    /// The typed name has other words or letters than the document's.
    NameDifferent = "name_different": Technician, again, Data, Name, ["name_level"];
    /// The typed name has the document's words in another order.
    NameOrder = "name_order": Technician, again, Data, Name, ["name_level"];
    /// Words of the document's name are missing from the typed one or are initials.
    NameIncomplete = "name_incomplete": Technician, again, Data, Name, ["name_level"];
    /// Words were typed that the document's name has not, or has as initials.
    NameTooMuch = "name_too_much": Technician, again, Data, Name, ["name_level"];
    /// The zone has not all of the name, so that a person has to compare it.
    NameCutInZone = "name_cut_in_zone": Reviewer, once, Nothing, Name, ["name_level"];
    /// The video did not arrive.
    TurnNotArrived = "turn_not_arrived": Technician, again, Turn, Nothing, [];
    /// Too few frames or a long gap: the phone was too slow.
    TurnFramesFew = "turn_frames_few": Technician, again, Turn, Nothing, ["frame_rate", "longest_gap"];
    /// Too little light on the face.
    TurnDark = "turn_dark": Technician, again, Turn, Face, ["face_light"];
    /// The face is out of focus or smeared.
    TurnBlurred = "turn_blurred": Technician, again, Turn, Face, ["face_acuity"];
    /// The video stands still, repeats itself or was put together.
    TurnInterrupted = "turn_interrupted": Technician, again, Turn, Picture, ["longest_still", "longest_repeat", "lost_at_once"];
    /// No head turned in the picture.
    TurnFaceMissing = "turn_face_missing": Technician, again, Turn, Picture, ["head_motion"];
    /// A second head turned too.
    TurnFaceSecond = "turn_face_second": Technician, again, Turn, Picture, ["second_head_turn"];
    /// The head turned too fast to be followed.
    TurnTooFast = "turn_too_fast": Technician, again, Turn, Face, ["face_lost_at_once"];
    /// A turn that was asked for did not come or was too small.
    TurnMissing = "turn_missing": Technician, again, Turn, Face, ["least_turn"];
    /// A turn went the other way.
    TurnWrongWay = "turn_wrong_way": Technician, again, Turn, Face, [];
    /// What turned could be flat, such as a photo.
    TurnFlat = "turn_flat": Technician, again, Turn, Face, ["solid_part", "around_moves"];
    /// A reviewer saw another face in the video than on the document.
    FaceOther = "face_other": Helpdesk, once, Nothing, Face, [];
    /// What the phone measured is not what the server measured: the page was changed or is of another version.
    ReportsDiffer = "reports_differ": Technician, again, Photo, Nothing, [];
    /// This document already belongs to another account.
    PersonKnown = "person_known": Helpdesk, once, Nothing, Nothing, [];
    /// Every attempt was used.
    AttemptsUsed = "attempts_used": Helpdesk, once, Nothing, Nothing, ["attempts"];
}

impl Reason {
    /// The reason with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.code() == code)
    }

    /// The reason that a measure which failed leads to; `None` for a measure that is no cause of its own.
    #[must_use]
    pub fn of_measure(name: &str) -> Option<Self> {
        // A level of the name ladder leads to one of several, which the level decides.
        Self::ALL.iter().copied().find(|reason| reason.measures().contains(&name) && name != "name_level")
    }

    /// The reason that a finding about the video leads to, by its code; `None` for one that is not known.
    #[must_use]
    pub fn of_finding(code: &str) -> Option<Self> {
        match code {
            "turn_frozen" | "turn_repeated" | "turn_cut" => Some(Self::TurnInterrupted),
            "turn_round_moves" => Some(Self::TurnFlat),
            code => Self::from_code(code).filter(|reason| reason.redo() == Redo::Turn),
        }
    }

    /// The key of the sentence that says what happened, such as `photo-glare`.
    #[must_use]
    pub fn text_key(self) -> String {
        self.code().replace('_', "-")
    }

    /// The key of the text that says what to do, such as `photo-glare.remedy`.
    #[must_use]
    pub fn remedy_key(self) -> String {
        let mut key = self.text_key();
        key.push_str(".remedy");
        key
    }
}
