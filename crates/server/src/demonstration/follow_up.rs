//! What was found and reported of the demonstration's items since, each transcribed from its document.

use std::collections::HashMap;
use std::sync::Arc;

use qadam_app::App;
use qadam_app::items::{self, AssessmentInput, Key, LinkInput, TranscribedReport, UpdateInput};
use qadam_domain::accounts::Viewer;
use qadam_domain::ids::ItemId;
use qadam_domain::items::assessments::{Finding, Transcribed};
use qadam_domain::items::links::LinkKind;
use qadam_domain::language::LanguageMap;

use super::LoadError;
use super::files::{FindingFile, FollowUpFile, ImplementsFile, ReportFile, precision};

/// Transcribes findings and reports, and links what was done to what it carries out. `recorded` are the items by the
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
        let made = items::assess(app, secretariat, find(&finding.item)?, assessment(finding)?, None).await;
        made.map_err(LoadError::refused(&finding.item))?;
    }
    Ok(())
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
