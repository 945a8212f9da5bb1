//! A day of the calendar, without a clock or a time zone.

/// A day of the Gregorian calendar that exists, years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// `None` for a day that does not exist, such as 30 February.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=days(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The day in UTC of a time in seconds since 1970. Times after the year 9999 are its last day.
    #[must_use]
    pub fn from_unix(seconds: u64) -> Self {
        // Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days: years begin in March.
        let days = seconds / 86_400 + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = era * 400 + year_of_era + u64::from(month <= 2);
        match (u16::try_from(year), u8::try_from(month), u8::try_from(day)) {
            (Ok(year @ ..=9999), Ok(month), Ok(day)) => Self { year, month, day },
            _ => Self { year: 9999, month: 12, day: 31 },
        }
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }
}

/// ISO 8601, such as `2026-11-23`.
impl core::fmt::Display for Date {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// How many days a month has.
fn days(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    /// From `date -u -d @SECONDS +%F`.
    #[test]
    fn a_time_is_its_day() {
        for (seconds, day) in [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_795_413_600, "2026-11-23"),
            (4_107_542_399, "2100-02-28"),
            (4_107_542_400, "2100-03-01"),
            (253_402_300_799, "9999-12-31"),
            (u64::MAX, "9999-12-31"),
        ] {
            assert_eq!(Date::from_unix(seconds).to_string(), day);
        }
    }

    #[test]
    fn every_day_of_two_centuries_follows_the_one_before() {
        let mut before = Date::from_unix(0);
        for day in 1..73_050_u64 {
            let date = Date::from_unix(day * 86_400);
            assert_eq!(Date::new(date.year, date.month, date.day), Some(date), "a day that does not exist");
            let next = [
                Date::new(before.year, before.month, before.day + 1),
                Date::new(before.year, before.month + 1, 1),
                Date::new(before.year + 1, 1, 1),
            ];
            assert_eq!(next.into_iter().flatten().next(), Some(date));
            before = date;
        }
    }

    #[test]
    fn days_that_do_not_exist() {
        for (year, month, day) in
            [(2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0), (0, 1, 1)]
        {
            assert_eq!(Date::new(year, month, day), None);
        }
    }
}
