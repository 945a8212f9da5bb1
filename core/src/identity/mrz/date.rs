//! Dates of a zone: six cells, two-digit years, parts that are not known (ICAO Doc 9303-3 §4.8).

use super::FieldProblem;
use crate::identity::date::Date;

/// A date as a zone has it, with its century found.
///
/// Personal data when it is a date of birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MrzDate {
    /// A whole date.
    Full(Date),
    /// At least one part is filled with `<` and at least one is there.
    Partial {
        /// The year with its century.
        year: Option<u16>,
        /// 1 to 12.
        month: Option<u8>,
        /// 1 to 31.
        day: Option<u8>,
    },
    /// Nothing but fillers: not known, or for a date of expiry, none.
    Unknown,
}

impl MrzDate {
    /// The day, when all of it is known.
    #[must_use]
    pub fn date(self) -> Option<Date> {
        match self {
            Self::Full(date) => Some(date),
            Self::Partial { .. } | Self::Unknown => None,
        }
    }

    /// Reads six cells.
    pub(super) fn read(cells: &str, century: Century, today: Date) -> Result<Self, FieldProblem> {
        let part = |from: usize| match cells.as_bytes().get(from..from + 2) {
            Some([b'<', b'<']) => Ok(None),
            Some(&[tens @ b'0'..=b'9', ones @ b'0'..=b'9']) => Ok(Some((tens - b'0') * 10 + ones - b'0')),
            _ => Err(FieldProblem::NotADate),
        };
        let (year, month, day) = (part(0)?, part(2)?, part(4)?);
        if year.is_none() && month.is_none() && day.is_none() {
            return Ok(Self::Unknown);
        }
        // A part that is not known must not make the others impossible: a leap year, a long month.
        let exists = |year: Option<u16>| Date::new(year.unwrap_or(2000), month.unwrap_or(1), day.unwrap_or(1));
        let year = match year {
            None => None,
            Some(year) => Some(century.year(year, month, day, today).ok_or(FieldProblem::NotADate)?),
        };
        let date = exists(year).ok_or(FieldProblem::NotADate)?;
        Ok(match (year, month, day) {
            (Some(_), Some(_), Some(_)) => Self::Full(date),
            (year, month, day) => Self::Partial { year, month, day },
        })
    }

    /// Six cells.
    pub(super) fn write(self) -> [u8; 6] {
        let (year, month, day) = match self {
            Self::Full(date) => (Some(date.year()), Some(date.month()), Some(date.day())),
            Self::Partial { year, month, day } => (year, month, day),
            Self::Unknown => (None, None, None),
        };
        let two = |part: Option<u8>| part.map_or([b'<'; 2], |part| [b'0' + part / 10 % 10, b'0' + part % 10]);
        let year = two(year.and_then(|year| u8::try_from(year % 100).ok()));
        let (month, day) = (two(month), two(day));
        [year[0], year[1], month[0], month[1], day[0], day[1]]
    }
}

/// How the first two digits of a year are found. The standard has no rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Century {
    /// No one is born after today: the latest such year that is not later. Who is over a hundred is taken for a child.
    Birth,
    /// A document is valid for decades at most: the only such year from 49 years before to 50 years after today's.
    Expiry,
}

impl Century {
    fn year(self, two: u8, month: Option<u8>, day: Option<u8>, today: Date) -> Option<u16> {
        let this = today.year() - today.year() % 100 + u16::from(two);
        let centuries = [Some(this + 100), Some(this), this.checked_sub(100)];
        centuries.into_iter().flatten().find(|&year| match self {
            Self::Birth => {
                // What is not known is taken as early as can be.
                let earliest = (year, month.unwrap_or(1), day.unwrap_or(1));
                earliest <= (today.year(), today.month(), today.day())
                    && (month.is_none() || day.is_none() || Date::new(year, earliest.1, earliest.2).is_some())
            }
            Self::Expiry => year <= today.year() + 50 && year + 50 > today.year(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        Date::new(2026, 11, 23).expect("exists")
    }

    fn read(cells: &str, century: Century) -> Option<MrzDate> {
        MrzDate::read(cells, century, today()).ok()
    }

    #[test]
    fn no_one_is_born_tomorrow() {
        for (cells, year) in [("261123", 2026), ("261124", 1926), ("270101", 1927), ("000229", 2000), ("991231", 1999)]
        {
            let date = read(cells, Century::Birth).and_then(MrzDate::date);
            assert_eq!(date.map(Date::year), Some(year), "{cells}");
        }
        assert_eq!(
            read("26<<<<", Century::Birth),
            Some(MrzDate::Partial { year: Some(2026), month: None, day: None }),
            "this year is possible"
        );
    }

    #[test]
    fn a_document_is_neither_ancient_nor_eternal() {
        for (cells, year) in [("261122", 2026), ("761231", 2076), ("770101", 1977), ("120415", 2012), ("360401", 2036)]
        {
            let date = read(cells, Century::Expiry).and_then(MrzDate::date);
            assert_eq!(date.map(Date::year), Some(year), "{cells}");
        }
    }

    #[test]
    fn parts_that_are_not_known() {
        let partial = |year, month, day| Some(MrzDate::Partial { year, month, day });
        assert_eq!(read("74<<<<", Century::Birth), partial(Some(1974), None, None));
        assert_eq!(read("7408<<", Century::Birth), partial(Some(1974), Some(8), None));
        assert_eq!(read("<<0812", Century::Birth), partial(None, Some(8), Some(12)));
        assert_eq!(read("<<0229", Century::Birth), partial(None, Some(2), Some(29)));
        assert_eq!(read("<<<<<<", Century::Birth), Some(MrzDate::Unknown));
    }

    #[test]
    fn what_is_no_date() {
        for cells in ["741312", "740832", "230229", "7<0812", "74O812", "<<0231", "7400<<", "74<<00", "", "7408"] {
            assert_eq!(read(cells, Century::Birth), None, "{cells}");
        }
    }
}
