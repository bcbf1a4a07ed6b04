//! What is the same of everything that is added to an item: listing it, reading one, adding one, going on with one.

use axum::response::Response;
use qadam_app::Code;
use qadam_app::error::AppError;
use qadam_app::items::{self, Addition, Continuation, Contributed, ContributionView, Key};
use qadam_app::precondition::IfMatch;
use qadam_app::{App, idempotency::Retry};
use qadam_domain::accounts::Viewer;
use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::{ContributionKind, Sight};
use qadam_domain::policy::{Action, ContributorFacts};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::view::{ItemBody, address};
use super::{Once, once, replayed, replayed_part, retry};
use crate::answer::Tagged;
use crate::extract::{
    ApiBody, ApiQuery, Caller, IdempotencyKey, IfMatchHeader, Input, JsonBody, NoParameters, SignedIn,
};
use crate::links::Links;
use crate::list::Page;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{LevelWord, OrganisationReference};

/// A kind of thing that is added to an item, as JSON.
pub(super) trait Added: Sized + Serialize {
    /// What it is.
    const KIND: ContributionKind;
    /// The last part of its address.
    const PATH: &'static str;
    /// An item with it, as JSON.
    type Result: Serialize;

    /// One as JSON; nothing for other contributions.
    fn new(app: &App, links: &Links, view: ContributionView) -> Option<Self>;

    /// The item with it.
    fn result(item: ItemBody, added: Option<Self>) -> Self::Result;
}

/// A request's body that becomes the input of a use case.
pub(super) trait Readable: DeserializeOwned {
    /// The use case's input.
    type Input;

    /// The input, with everything checked that needs no look into the register.
    fn checked(self) -> Input<Self::Input>;
}

/// Who said something, and who reads it, as far as the caller may know.
pub(super) struct Speaker {
    /// The organisation.
    pub(super) organisation: Option<OrganisationReference>,
    /// Who reads what it says; nothing where whoever reads the item does.
    pub(super) text_level: Option<LevelWord>,
    /// Who reads who said it; nothing where whoever reads the item does.
    pub(super) identity_level: Option<LevelWord>,
}

impl Speaker {
    /// Of something that the caller reads.
    pub(super) fn of(
        app: &App,
        links: &Links,
        ContributionView { contribution, named, .. }: &ContributionView,
    ) -> Self {
        let (text, identity) = match contribution.sight {
            Sight::AsItem => (None, None),
            Sight::Levels { text, identity } => (Some(text), named.then_some(identity)),
        };
        let organisation = contribution.organisation.filter(|_| *named);
        Self {
            organisation: organisation
                .and_then(|id| OrganisationReference::find(id, &app.directory(), links)),
            text_level: text.map(Into::into),
            identity_level: identity.map(Into::into),
        }
    }
}

/// A request that changes something.
pub(super) struct Asking<'a> {
    pub(super) api: &'a ApiState,
    pub(super) caller: &'a SignedIn,
    pub(super) key: Key,
    pub(super) query: ApiQuery<NoParameters>,
}

/// Those of an item.
pub(super) fn page<B: Added>(
    api: &ApiState,
    views: Vec<ContributionView>,
    query: &ApiQuery<NoParameters>,
) -> Page<B> {
    let bodies = views.into_iter().filter_map(|view| B::new(&api.app, &api.links, view));
    Page::whole(bodies.collect(), &api.links, query.uri())
}

/// One of them.
pub(super) async fn one<B: Added>(
    api: &ApiState,
    caller: &Caller,
    (key, id): (Key, ContributionId),
    query: ApiQuery<NoParameters>,
) -> Result<axum::Json<B>, Problem> {
    let made = found::<B>(api, &caller.viewer(), key, id).await?;
    query.checked()?;
    let body = B::new(&api.app, &api.links, made.contribution);
    body.map(axum::Json).ok_or_else(|| Code::NotFound.into())
}

impl Asking<'_> {
    /// Adds one.
    pub(super) async fn add<B, C>(
        self,
        repeated: &IdempotencyKey,
        request: ApiBody,
    ) -> Result<Response, Problem>
    where
        B: Added,
        C: Readable<Input: Addition>,
    {
        let (api, viewer, key) = (self.api, self.caller.viewer(), self.key);
        items::get(&api.app, &viewer, key).await?;
        self.query.checked()?;
        let request = request.json().await?;
        let (retry, input) = self.read::<C>(repeated, request)?;
        let input = in_turn(api, &viewer, key, None, C::Input::action, input).await?;
        let work = Box::pin(items::add(&api.app, &viewer, key, input, retry));
        let outcome = once(&api.app, retry, work).await?;
        added::<B>(api, &viewer, outcome).await
    }

    /// Adds something to one that is there.
    pub(super) async fn go_on<B, C>(
        self,
        id: ContributionId,
        repeated: &IdempotencyKey,
        request: ApiBody,
    ) -> Result<Response, Problem>
    where
        B: Added,
        C: Readable<Input: Continuation>,
    {
        let (api, viewer, key) = (self.api, self.caller.viewer(), self.key);
        found::<B>(api, &viewer, key, id).await?;
        self.query.checked()?;
        let request = request.json().await?;
        let (retry, input) = self.read::<C>(repeated, request)?;
        let input = in_turn(api, &viewer, key, None, C::Input::action, input).await?;
        let work = Box::pin(items::go_on(&api.app, &viewer, key, id, None, input, retry));
        let outcome = once(&api.app, retry, work).await?;
        added::<B>(api, &viewer, outcome).await
    }

    /// Changes one.
    pub(super) async fn edit<B, C>(
        self,
        id: ContributionId,
        condition: IfMatchHeader,
        request: ApiBody,
    ) -> Result<Tagged<B::Result>, Problem>
    where
        B: Added,
        C: Readable<Input: Continuation>,
    {
        let (api, viewer, key) = (self.api, self.caller.viewer(), self.key);
        found::<B>(api, &viewer, key, id).await?;
        self.query.checked()?;
        let request = request.merge_patch().await?;
        let condition = condition.required()?;
        let input = request.input::<C>().and_then(C::checked);
        let input = in_turn(api, &viewer, key, Some(&condition), C::Input::action, input).await?;
        let made = items::go_on(&api.app, &viewer, key, id, Some(condition), input, None).await?;
        let etag = made.item.etag.clone();
        Ok(Tagged::new(etag, result::<B>(api, made)))
    }

    fn read<C: Readable>(
        &self,
        repeated: &IdempotencyKey,
        request: JsonBody,
    ) -> Result<(Option<Retry>, Input<C::Input>), Problem> {
        let retry = retry(&self.api.app, self.caller, repeated, &request)?;
        Ok((retry, request.input::<C>().and_then(C::checked)))
    }
}

/// What a request added, now or before: 201 with its address.
pub(super) async fn added<B: Added>(
    api: &ApiState,
    viewer: &Viewer,
    outcome: Once<Contributed>,
) -> Result<Response, Problem> {
    let made = match outcome {
        Once::Done(made) => made,
        Once::Repeated(replay) => {
            found::<B>(api, viewer, replayed(&replay)?, replayed_part(&replay)?).await?
        }
    };
    Ok(created::<B>(api, made))
}

/// What was read, or the refusal in its turn.
async fn in_turn<T>(
    api: &ApiState,
    viewer: &Viewer,
    key: Key,
    condition: Option<&IfMatch>,
    action: fn(ContributorFacts) -> Action,
    input: Input<T>,
) -> Result<T, Problem> {
    match input {
        Ok(read) => Ok(read),
        Err(errors) => {
            items::may_add(&api.app, viewer, key, condition, action).await?;
            Err(AppError::Invalid(errors).into())
        }
    }
}

/// One that the caller reads, with its item.
async fn found<B: Added>(
    api: &ApiState,
    viewer: &Viewer,
    key: Key,
    id: ContributionId,
) -> Result<Contributed, Problem> {
    Ok(items::contribution(&api.app, viewer, key, B::KIND, id).await?)
}

fn result<B: Added>(api: &ApiState, made: Contributed) -> B::Result {
    let added = B::new(&api.app, &api.links, made.contribution);
    B::result(ItemBody::new(&api.app, &api.links, made.item), added)
}

fn created<B: Added>(api: &ApiState, made: Contributed) -> Response {
    let id = made.contribution.contribution.id;
    let location = format!("{}/{}/{id}", address(&made.item.item, &api.links), B::PATH);
    let etag = made.item.etag.clone();
    Tagged::new(etag, result::<B>(api, made)).created(&location)
}
