//! What was found and reported of the demonstration's items since, each transcribed from its document.

use std::collections::HashMap;
use std::sync::Arc;

use qadam_app::App;
use qadam_app::items::{
    self, AssessmentInput, IndicatorInput, IndicatorValueInput, Key, LinkInput, TranscribedReport,
    UpdateInput,
};
use qadam_domain::accounts::Viewer;
use qadam_domain::ids::ItemId;
use qadam_domain::items::assessments::{Finding, Transcribed};
use qadam_domain::items::indicators::{Decimal, ValueSource};
use qadam_domain::items::links::LinkKind;
use qadam_domain::language::LanguageMap;

use super::LoadError;
use super::files::{
    FindingFile, FollowUpFile, ImplementsFile, IndicatorFile, ReportFile, Text, ValueFile, precision,
};

/// Transcribes findings, reports and numbers, and links what was done to what it carries out. `recorded` are the items by the
/// id they have in the files.
pub(super) async fn load(
    app: &Arc<App>,
    secretariat: &Viewer,
    file: &FollowUpFile,
    recorded: &HashMap<String, ItemId>,
) -> Result<(), LoadError> {
    let find =
        |id: &str| recorded.get(id).copied().map(Key::Id).ok_or_else(|| LoadError::unknown(id, "item", id));
    for pair in &file.implements {
        implement(app, secretariat, pair, find(&pair.item)?, find(&pair.implements)?).await?;
    }
    for report in &file.reports {
        let made = items::report(app, secretariat, find(&report.item)?, update(report)?, None).await;
        made.map_err(LoadError::refused(&report.item))?;
    }
    for finding in &file.findings {
        let made = items::add(app, secretariat, find(&finding.item)?, assessment(finding)?, None).await;
        made.map_err(LoadError::refused(&finding.item))?;
    }
    for indicator in &file.indicators {
        count(app, secretariat, indicator, find(&indicator.item)?).await?;
    }
    Ok(())
}

async fn count(
    app: &Arc<App>,
    secretariat: &Viewer,
    file: &IndicatorFile,
    item: Key,
) -> Result<(), LoadError> {
    let optional = |text: &Option<String>| text.as_deref().map(|text| number(file, text)).transpose();
    let input = IndicatorInput {
        name: file.name.map(),
        unit: file.unit.map(),
        baseline: optional(&file.baseline)?,
        target: optional(&file.target)?,
        recorded_from: Some(file.document.recorded_from(LanguageMap::default())),
    };
    let made = items::add(app, secretariat, item, input, None).await;
    let indicator = made.map_err(LoadError::refused(&file.item))?.contribution.contribution.id;
    for given in &file.values {
        let input = value(file, given)?;
        let made = items::go_on(app, secretariat, item, indicator, None, input, None).await;
        made.map_err(LoadError::refused(&file.item))?;
    }
    Ok(())
}

fn value(file: &IndicatorFile, given: &ValueFile) -> Result<IndicatorValueInput, LoadError> {
    let document = given.source.recorded_from(LanguageMap::default());
    Ok(IndicatorValueInput {
        on: (given.on, precision(&file.item, Some(&given.on_precision))?),
        value: number(file, &given.value)?,
        scope: given.scope.as_ref().map(Text::map).unwrap_or_default(),
        source: Some(ValueSource { label: document.label, url: document.url, on: document.on }),
        corrects: None,
    })
}

fn number(file: &IndicatorFile, text: &str) -> Result<Decimal, LoadError> {
    text.parse().map_err(|_| LoadError::unknown(&file.item, "number", text))
}

async fn implement(
    app: &Arc<App>,
    secretariat: &Viewer,
    pair: &ImplementsFile,
    item: Key,
    to: Key,
) -> Result<(), LoadError> {
    let link = LinkInput { kind: LinkKind::Implements, to };
    let made = items::link(app, secretariat, item, link, None).await;
    made.map(|_| ()).map_err(LoadError::refused(&pair.item))
}

fn assessment(file: &FindingFile) -> Result<AssessmentInput, LoadError> {
    let finding = Finding::from_code(&file.finding)
        .ok_or_else(|| LoadError::unknown(&file.item, "finding", &file.finding))?;
    let transcribed = Transcribed {
        from: file.document.recorded_from(LanguageMap::default()),
        symbol: file.symbol.clone(),
        paragraph: file.paragraph.clone(),
    };
    Ok(AssessmentInput {
        finding,
        no_judgement: None,
        scale_code: file.scale_code.clone(),
        as_of: Some((file.as_of, precision(&file.item, Some(&file.as_of_precision))?)),
        rationale: file.rationale.map(),
        evidence: Vec::new(),
        evidence_until: None,
        confidence: None,
        text_level: None,
        identity_level: None,
        transcribed: Some((file.assessor.clone(), transcribed)),
    })
}

fn update(file: &ReportFile) -> Result<UpdateInput, LoadError> {
    Ok(UpdateInput {
        draft: false,
        as_of: Some((file.as_of, precision(&file.item, Some(&file.as_of_precision))?)),
        narrative: file.narrative.map(),
        status: None,
        evidence: Vec::new(),
        responsible_unit: None,
        outgoing_number: None,
        corrects: None,
        round: None,
        transcribed: Some(TranscribedReport {
            organisation: file.organisation.clone(),
            document: file.document.recorded_from(LanguageMap::default()),
        }),
    })
}
