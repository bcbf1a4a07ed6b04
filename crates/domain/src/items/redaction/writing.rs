//! What of an item, and of what was added to it, people wrote.

use super::super::assessments::Assessment;
use super::super::contributions::Content;
use super::super::evidence::ItemEvidence;
use super::super::indicators::Indicator;
use super::super::item::{Answer, Evidence, Item, RecordedFrom, Source};
use super::super::milestones::Milestone;
use super::super::questions::Said;
use super::super::updates::Update;
use super::passages::Passages;
use crate::language::{Language, LanguageMap};

/// A piece of what somebody wrote.
#[derive(Debug)]
pub enum Piece<'a> {
    /// Words.
    Words(&'a mut String),
    /// A web address, of which a part would lead nowhere.
    Address(&'a mut Option<String>),
}

impl Piece<'_> {
    /// What it reads, if it is there.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Words(words) => Some(words),
            Self::Address(address) => address.as_deref(),
        }
    }
}

/// Something in which there is what people wrote.
pub trait Written {
    /// Goes over all of it, once each.
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>));

    /// Takes passages out of the words, and removes the addresses that have one. Gives whether there was any.
    fn take_out(&mut self, passages: &Passages) -> bool {
        let mut any = false;
        self.each_piece(&mut |piece| match piece {
            Piece::Words(words) => {
                if let Some(left) = passages.taken_out_of(words) {
                    *words = left;
                    any = true;
                }
            }
            Piece::Address(address) => {
                if address.take_if(|address| passages.occur_in(address)).is_some() {
                    any = true;
                }
            }
        });
        any
    }
}

impl Written for String {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        visit(Piece::Words(self));
    }
}

impl Written for LanguageMap {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        for language in Language::ALL {
            if let Some(text) = self.get_mut(language) {
                visit(Piece::Words(text));
            }
        }
    }
}

impl<T: Written> Written for Option<T> {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        if let Some(written) = self {
            written.each_piece(visit);
        }
    }
}

impl<T: Written> Written for Vec<T> {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        for written in self {
            written.each_piece(visit);
        }
    }
}

impl Written for Source {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        visit(Piece::Address(&mut self.url));
        self.quote.each_piece(visit);
    }
}

impl Written for RecordedFrom {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        self.label.each_piece(visit);
        visit(Piece::Address(&mut self.url));
        self.note.each_piece(visit);
    }
}

impl Written for Answer {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        self.text.each_piece(visit);
    }
}

impl Written for Evidence {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        self.title.each_piece(visit);
        visit(Piece::Address(&mut self.url));
        self.number.each_piece(visit);
        self.issuer.each_piece(visit);
    }
}

impl Written for Item {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        for text in [
            &mut self.title,
            &mut self.summary,
            &mut self.grounds,
            &mut self.expected_result,
            &mut self.completion_form,
            &mut self.no_due_reason,
        ] {
            text.each_piece(visit);
        }
        self.source.each_piece(visit);
        self.recorded_from.each_piece(visit);
        self.answer.each_piece(visit);
    }
}

impl Written for Content {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        match self {
            Self::Update(update) => update.each_piece(visit),
            Self::Assessment(assessment) => assessment.each_piece(visit),
            Self::ClosingNotice(notice) => notice.reason.each_piece(visit),
            Self::Milestone(milestone) => milestone.each_piece(visit),
            Self::Indicator(indicator) => indicator.each_piece(visit),
            Self::Evidence(evidence) => evidence.each_piece(visit),
            Self::Question(question) => question.said.each_piece(visit),
            Self::Answer(answer) => answer.said.each_piece(visit),
        }
    }
}

impl Written for Update {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        self.narrative.each_piece(visit);
        if let Some(requested) = &mut self.status {
            requested.reason.each_piece(visit);
            if let Some((text, _)) = &mut requested.answer {
                text.each_piece(visit);
            }
            requested.no_due_reason.each_piece(visit);
        }
        self.evidence.each_piece(visit);
        self.responsible_unit.each_piece(visit);
        self.outgoing_number.each_piece(visit);
        self.recorded_from.each_piece(visit);
        self.return_reason.each_piece(visit);
    }
}

impl Written for Assessment {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        self.rationale.each_piece(visit);
        self.evidence.each_piece(visit);
        if let Some(transcribed) = &mut self.transcribed {
            transcribed.from.each_piece(visit);
        }
        if let Some(reply) = &mut self.reply {
            reply.text.each_piece(visit);
        }
    }
}

impl Written for Milestone {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        self.title.each_piece(visit);
        visit(Piece::Address(&mut self.url));
        self.note.each_piece(visit);
        self.recorded_from.each_piece(visit);
    }
}

impl Written for Indicator {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        self.name.each_piece(visit);
        self.unit.each_piece(visit);
        self.recorded_from.each_piece(visit);
        for value in &mut self.values {
            value.scope.each_piece(visit);
            if let Some(source) = &mut value.source {
                source.label.each_piece(visit);
                visit(Piece::Address(&mut source.url));
            }
        }
    }
}

impl Written for ItemEvidence {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        self.evidence.each_piece(visit);
        if let Some(file) = &mut self.file {
            file.name.each_piece(visit);
        }
    }
}

impl Written for Said {
    fn each_piece(&mut self, visit: &mut dyn FnMut(Piece<'_>)) {
        self.text.each_piece(visit);
        self.refusal.each_piece(visit);
    }
}
