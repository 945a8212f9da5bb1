//! The texts that the core keeps as data, as sentences in a reader's language.

use std::io::{self, Write};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use gatepass_core::identity::{
    name::Advice,
    profile::Language,
    reasons::{ENGLISH, Reason, SWEDISH},
};

/// The texts of one language.
pub struct Wording {
    bundle: FluentBundle<FluentResource>,
}

/// What happened, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What happened.
    pub what: String,
    /// What to do now.
    pub remedy: String,
}

impl Wording {
    /// The texts in a language.
    ///
    /// # Panics
    /// Never: the texts are part of the program, and the core's tests read them.
    #[must_use]
    pub fn of(language: Language) -> Self {
        let texts = match language {
            Language::Swedish => SWEDISH,
            Language::English => ENGLISH,
        };
        let name = language.code().parse().expect("a code of ISO 639-1 is a language tag");
        let mut bundle = FluentBundle::new_concurrent(vec![name]);
        // Marks around what is put in are for texts that mix directions of writing.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(FluentResource::try_new(texts.to_owned()).expect("the texts are Fluent"));
        Self { bundle }
    }

    /// A reason.
    ///
    /// # Panics
    /// Never: each reason has a text in each language, which the core's tests see.
    #[must_use]
    pub fn reason(&self, reason: Reason) -> Said {
        let message = self.bundle.get_message(&reason.text_key()).expect("each reason has a text");
        let text = |pattern| self.bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned();
        let what = message.value().map(text).unwrap_or_default();
        let remedy = message.get_attribute("remedy").map(|remedy| text(remedy.value())).unwrap_or_default();
        Said { what, remedy }
    }

    /// A sentence about a name. Personal data.
    ///
    /// # Panics
    /// Never: each sentence has a text in each language, which the core's tests see.
    #[must_use]
    pub fn advice(&self, advice: &Advice) -> String {
        let message = self.bundle.get_message(advice.text_key()).expect("each sentence has a text");
        let arguments: FluentArgs<'_> = advice.arguments().into_iter().collect();
        let text = |pattern| self.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned();
        message.value().map(text).unwrap_or_default()
    }
}

impl Said {
    /// Two indented lines.
    pub(crate) fn print(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "    {}\n    {}", self.what, self.remedy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_a_sentence_and_what_to_do_in_each_language() {
        for &language in Language::ALL {
            let wording = Wording::of(language);
            for &reason in Reason::ALL {
                let Said { what, remedy } = wording.reason(reason);
                for text in [what, remedy] {
                    assert!(text.ends_with('.') && !text.contains('{'), "{reason:?}: {text}");
                }
            }
        }
        let add = Advice::Add { words: "PIERRE".to_owned() };
        assert_eq!(Wording::of(Language::English).advice(&add), "Add PIERRE.");
        assert_eq!(Wording::of(Language::Swedish).advice(&add), "Lägg till PIERRE.");
        let said = Wording::of(Language::Swedish).reason(Reason::PhotoGlare);
        assert!(said.what.contains("reflex"), "{said:?}");
    }
}
