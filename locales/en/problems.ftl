# Why the register did not do what was asked: a title, one sentence and a page for each code,
# a sentence for each thing that can be wrong with a field. The codes are those of the program.

problem-page-title = Answer of the register
problem-page-status = HTTP status { $status }, code { $code }

problem-unauthenticated-title = Not signed in
problem-unauthenticated = Sign in to do this.
problem-unauthenticated-page = The request needs an account. Sign in and send the access token in the header Authorization, after the word Bearer.

problem-invalid_token-title = Access token not valid
problem-invalid_token = The access token is not valid, has expired, or its session has ended.
problem-invalid_token-page = Access tokens hold for a few minutes. Ask for a new one with the refresh token, or sign in again.

problem-invalid_credentials-title = Sign-in refused
problem-invalid_credentials = The address and the password do not belong together, or the account cannot sign in.
problem-invalid_credentials-page = The answer is the same whether the address is unknown, the password is wrong or the account is disabled, so that nobody learns who has an account.

problem-second_factor_required-title = A code is missing
problem-second_factor_required = Address and password are right. This account also asks for a code of its authenticator app.
problem-second_factor_required-page = Send the code as totp with address and password: the six digits that the app shows, or a recovery code.
problem-second_factor_missing-title = A second factor is needed first
problem-second_factor_missing = Accounts with this role sign in with a second factor. Turn it on to go on.
problem-second_factor_missing-page = The register asks accounts with this role for a second factor. GET /me/second-factor says how it stands; POST /me/second-factor begins with an authenticator app, POST /me/passkeys/challenges with a passkey; whoever has a passkey signs in with it.
problem-confirmation_missing-title = A colleague must confirm the account first
problem-confirmation_missing = Nobody comes into the secretariat before a colleague there has confirmed the account.
problem-confirmation_missing-page = Ask a colleague of the secretariat to confirm the account on the page of colleagues, or by POST /users/…/confirmation. Where none is left, whoever runs the machine does it from the command line.
problem-invalid_second_factor-title = The code is not right
problem-invalid_second_factor = This is no code of the second factor, or it was used before. The app shows a new one every 30 seconds.
problem-invalid_second_factor-page = A code holds for 30 seconds and is good once, a recovery code as well. A clock that is off by more than half a minute makes wrong codes.
problem-session_required-title = Only in person
problem-session_required = A program asks with a token for what only the person may do.
problem-session_required-page = Passwords, second factors, sessions and tokens are changed by the person, who signs in with address and password.
problem-scope_required-title = The token may only read
problem-scope_required = This token may read and not write.
problem-scope_required-page = Make a token whose scope is write, or sign in.
problem-too_many_tokens-title = Too many tokens
problem-too_many_tokens = The account has as many tokens as one may. End one that is not needed.
problem-too_many_tokens-page = An account has at most 20 tokens at a time.
problem-second_factor_conflict-title = Not with the second factor as it is
problem-second_factor_conflict = The second factor is on already, or there is none to go on with.
problem-second_factor_conflict-page = A secret is made only while the second factor is off, and confirmed once. Turn it off to begin with another app.
problem-passkey_required-title = Sign in with a passkey
problem-passkey_required = With this account the password alone is not enough. Sign in with your passkey.
problem-passkey_required-page = The register asks this account for a second factor, and it has passkeys and no authenticator app. POST /auth/passkey-challenges begins.
problem-invalid_passkey-title = The passkey was not taken
problem-invalid_passkey = What the device answered cannot be used here, or came too late. Begin again.
problem-invalid_passkey-page = It must answer a challenge of this session within five minutes, be made on this site, for somebody whom the device verified, and be nobody’s yet. ES256 and EdDSA are taken.
problem-no_passkeys-title = No passkeys here
problem-no_passkeys = This register is reached at an address at which browsers have no passkeys.
problem-no_passkeys-page = Passkeys belong to a domain reached over https. An address of numbers has none; on one’s own machine http://localhost does.
problem-too_many_passkeys-title = Too many passkeys
problem-too_many_passkeys = You have as many passkeys as one may. Remove one that is not needed.
problem-too_many_passkeys-page = An account has at most 10 passkeys at a time.
problem-last_second_factor-title = It is the last one
problem-last_second_factor = This account must have a second factor, and this passkey is the only one. Add another, or connect an app, first.
problem-last_second_factor-page = With the password alone nobody could sign in any more. POST /me/passkeys/challenges adds another passkey; POST /me/second-factor begins with an authenticator app.
problem-sign_in_expired-title = Too late
problem-sign_in_expired = Too much time passed between one step of signing in and the next, or it was begun in another browser. Sign in again.
problem-sign_in_expired-page = Between one step and the next there are ten minutes, each is good once, and the password must not have been changed meanwhile.
problem-identity_provider_unavailable-title = The provider does not answer
problem-identity_provider_unavailable = The provider that you sign in with cannot be reached right now, or does not answer as it should. Try again shortly, or sign in with your address and password.
problem-identity_provider_unavailable-page = The provider of identities did not answer in time, or what it says of itself is not what is needed. The log of the register says which.
problem-identity_refused-title = Nobody was signed in
problem-identity_refused = The provider let nobody in, or this register has no account for whom it let in. If you have one, sign in with your address and password and connect the provider on the page of your account.
problem-identity_refused-page = An identity signs in once it is connected to an active account. Which accounts there are is told to nobody.
problem-identity_conflict-title = Already connected
problem-identity_conflict = This identity is connected to an account already, or your account has one with this provider.
problem-identity_conflict-page = An identity is of one account, and an account has one at each provider. Remove the one there is first.
problem-no_identity_provider-title = No provider
problem-no_identity_provider = In this register people sign in with no provider of identities.
problem-no_identity_provider-page = The setting openid.issuer names one.
problem-last_way_in-title = It is the only way in
problem-last_way_in = Your account has no password, so that nobody could come in without this identity. Choose a password first: ask for one as if it had been forgotten.
problem-last_way_in-page = An account that came in with a provider alone has no password. POST /auth/recovery asks for a link to choose one.
problem-invalid_refresh_token-title = Refresh token not valid
problem-invalid_refresh_token = The refresh token is not valid, has expired, or was used before.
problem-invalid_refresh_token-page = A refresh token is used once. When one is used a second time, the whole session ends, because somebody else may hold a copy. Sign in again.

problem-invalid_link-title = Link not valid
problem-invalid_link = The one-time link is not valid, has expired, or was used before.
problem-invalid_link-page = One-time links set a password once and hold for some days. Ask an administrator for a new one.

problem-too_many_requests-title = Too often for now
problem-too_many_requests = This was done as often as it may be for now. Wait a few minutes and try again.
problem-too_many_requests-page = How often passwords may be wrong, words may be searched for and proposals filed is limited, so that nobody guesses passwords or floods those who read. The header Retry-After says after how many seconds to try again, RateLimit and RateLimit-Policy what the limit is. Who is signed in stays signed in.
problem-busy-title = Too much at the moment
problem-busy = Many such requests are being worked on right now. Try again shortly.
problem-busy-page = Checking a password takes time on purpose, and a file is held in memory until it is kept: only so many are worked on at once. The header Retry-After says after how many seconds to try again.

problem-not_found-title = Not found
problem-not_found = There is nothing here, or nothing that you may see.
problem-not_found-page = What does not exist and what may not be seen are answered alike, so that nobody learns that something hidden exists.

problem-gone-title = No longer public
problem-gone = This was public and no longer is.
problem-gone-page = It was narrowed by its submitter or by the secretariat. The answer names its ref, the day and the class of reason; copies made before may exist.

problem-method_not_allowed-title = Method not allowed
problem-method_not_allowed = This resource does not have that method.
problem-method_not_allowed-page = The header Allow lists the methods that it has.

problem-not_acceptable-title = Format not available
problem-not_acceptable = None of the formats you accept can be given here.
problem-not_acceptable-page = Every resource is given as JSON; lists also in other formats, which the description of the API names.

problem-malformed_request-title = Request not readable
problem-malformed_request = The request could not be read.
problem-malformed_request-page = Something in the request itself is damaged, before its content is looked at.

problem-malformed_json-title = Not JSON
problem-malformed_json = The body is not well-formed JSON.
problem-malformed_json-page = The body must be one JSON object in UTF-8, in which no key stands twice and nothing is nested deeper than 32 levels.

problem-unsupported_media_type-title = Content type not supported
problem-unsupported_media_type = The body's content type is not one that is read here.
problem-unsupported_media_type-page = Bodies are sent as application/json; changes with PATCH as application/merge-patch+json; a file as multipart/form-data, where the operation takes one.

problem-body_too_large-title = Body too large
problem-body_too_large = The body is larger than allowed here.
problem-body_too_large-page = A JSON body has at most 64 KiB, a file at most 10 MiB.

problem-request_timeout-title = Body did not arrive in time
problem-request_timeout = The body of the request did not arrive in time.
problem-request_timeout-page = Send the body at once. A connection that stays silent in the middle of a body is given up.

problem-unknown_parameter-title = Unknown parameter
problem-unknown_parameter = A query parameter is not known here.
problem-unknown_parameter-page = Parameters that are not known are refused and not ignored, so that a misspelt filter never returns more than was asked for.

problem-invalid_parameter-title = Parameter not valid
problem-invalid_parameter = A query parameter has a value it cannot have, or stands twice.
problem-invalid_parameter-page = The member errors names the parameter. Several values of one filter are separated by commas.

problem-invalid_cursor-title = Cursor not valid
problem-invalid_cursor = The cursor is damaged or belongs to another list.
problem-invalid_cursor-page = Follow the links next and prev as they are. A cursor belongs to the filters and the order it was made with.

problem-invalid_header-title = Header not valid
problem-invalid_header = A header has a value it cannot have.
problem-invalid_header-page = The member errors names the header.

problem-precondition_required-title = If-Match is missing
problem-precondition_required = Say with If-Match which version you are changing.
problem-precondition_required-page = Read the resource, then send its ETag in the header If-Match, so that nobody's change is lost.

problem-precondition_failed-title = Changed in the meantime
problem-precondition_failed = The resource has changed since you read it.
problem-precondition_failed-page = Read it again, look at what changed, and send your change with the new ETag.

problem-role_required-title = Not yours to do
problem-role_required = Your role, or your part in this item, does not allow this.
problem-role_required-page = Who may do what follows from the role of the account and from what its organisation is to the item. The table of moves is served by the API.

problem-field_locked-title = Field cannot be edited now
problem-field_locked = This field cannot be edited in the present status.
problem-field_locked-page = Which field may be edited in which status by whom is a table of the register. Read the item again: its status may have changed.

problem-not_a_draft-title = Not a draft
problem-not_a_draft = Only drafts can be deleted.
problem-not_a_draft-page = What was filed stays in the register. It can be withdrawn, with a reason that is shown.

problem-move_not_allowed-title = No such move
problem-move_not_allowed = There is no such move from where the item stands.
problem-move_not_allowed-page = The statuses that can follow, and what each needs, are served by the API.

problem-status_conflict-title = Not in this status
problem-status_conflict = The status of the item does not allow this.
problem-status_conflict-page = Read the item again: its status may have changed.

problem-not_splittable-title = This item cannot be split
problem-not_splittable = Items of this kind, or in this status, are not split.
problem-not_splittable-page = A recommendation is split while it is registered or under review, a proposal while it is submitted or under review. What was answered as a whole stays whole, and what a body promised it words itself.

problem-level_fixed-title = Level cannot be changed
problem-level_fixed = The level of this item follows from its status and cannot be changed.
problem-level_fixed-page = Commitments and recommendations become public by their status. Only proposals have levels that their submitters decide on.

problem-level_unchanged-title = It has that level already
problem-level_unchanged = The level asked for is the one it has.
problem-level_unchanged-page = Nothing was changed.

problem-identity_wider_than_text-title = Identity wider than text
problem-identity_wider_than_text = Who filed can never be seen more widely than what was filed.
problem-identity_wider_than_text-page = Widen the text first, or narrow the identity first.

problem-consent_required-title = Consent is missing
problem-consent_required = The submitter has not consented to this.
problem-consent_required-page = Only the organisation that filed can consent. Ask it; nobody can consent in its place.

problem-second_person_required-title = A second person must confirm
problem-second_person_required = A second member of the organisation must confirm this.
problem-second_person_required-page = What cannot be taken back needs two persons. Your part is recorded; another member of your organisation completes it.

problem-finding_required-title = A finding is missing
problem-finding_required = Closing as implemented needs a public finding of somebody who does not own the item.
problem-finding_required-page = The word of the responsible body alone does not close an item. Until somebody else finds it implemented it stays reported as done.

problem-not_an_assessor-title = This organisation cannot assess it
problem-not_an_assessor = Owners of an item, their parent and subordinate bodies, and state bodies do not assess it.
problem-not_an_assessor-page = Whoever answers for an item reports on it; what was done is assessed by others. As an owner, write a report. As the secretariat, transcribe the finding of a mechanism from its document.

problem-approval_required-title = An approver must approve this
problem-approval_required = In your body an approver must approve this.
problem-approval_required-page = Write a report that carries the change of status. An approver of your body publishes it, and the change is then made.

problem-closing_notice_required-title = The closing must be announced first
problem-closing_notice_required = Somebody found otherwise: announce the closing first, and give 30 days to object.
problem-closing_notice_required-page = Those who found otherwise have 30 days to object by a new finding. After that the item may be closed, and is marked as contested while their findings stand.

problem-already_replied-title = There is a reply already
problem-already_replied = The body replied to this finding already.
problem-already_replied-page = A body replies to a finding once. What is new belongs into a report.
problem-nobody_to_ask-title = There is nobody to ask
problem-nobody_to_ask = There is nobody here to whom this could be asked.
problem-nobody_to_ask-page = Owners are asked once the item is addressed to a body, and those who filed it where somebody filed it.
problem-no_colleague-title = Nobody is there who could vouch
problem-no_colleague = Nobody else works on the same matters in this organisation, so nobody can vouch for the person.
problem-no_colleague-page = A new password is given by the word of two people: an administrator and a colleague. Who is alone in an organisation comes in again by mail, where the register sends it.
problem-no_mail-title = The register sends no mail
problem-no_mail = This register sends no letters.
problem-no_mail-page = Whoever lost the password asks the administrator for a new one, and a colleague to vouch.
problem-already_decided-title = This was decided already
problem-already_decided = It was decided already whether this is passed on.
problem-already_decided-page = A question or an answer is passed on, or not, once. Who said it may say it anew.
problem-only_submitter-title = Nobody else filed it
problem-only_submitter = Nobody would be left who filed the proposal.
problem-only_submitter-page = An organisation leaves a proposal that others file with it. Who filed it alone withdraws it.
problem-too_many_added-title = There are too many already
problem-too_many_added = Your organisation added as many of these to the item as it may.
problem-too_many_added-page = One organisation adds up to 100 entries of a kind to an item.

problem-update_conflict-title = The report cannot take this step
problem-update_conflict = The report cannot take this step from where it stands.
problem-update_conflict-page = A report is written, handed in, and approved or returned. What is published is corrected by a new report that names it.

problem-round_closed-title = The reporting round is closed
problem-round_closed = The reporting round is closed and takes no more reports.
problem-round_closed-page = Reports for a round are taken until the secretariat closes it, late ones too. A report that names no round is taken at any time.

problem-round_overdue-title = The due day of the reporting round is over
problem-round_overdue = The day on which reports of this round were due is over: nothing more is asked for.
problem-round_overdue-page = A round asks for more reports until the day on which they are due: a body that was not asked before would be shown as silent at once. Name a later due day first.

problem-lead_request_required-title = The lead must ask first
problem-lead_request_required = The lead body must ask for the withdrawal by an update.
problem-lead_request_required-page = A commitment is withdrawn when its lead asks and the secretariat confirms, with a public reason.

problem-answering_mechanism_required-title = This mechanism has no answers
problem-answering_mechanism_required = The vocabulary of this mechanism has no answers to recommendations.
problem-answering_mechanism_required-page = Only recommendations of mechanisms whose procedure has answers, such as the Universal Periodic Review, are sent to a body for an answer.

problem-link_exists-title = Linked already
problem-link_exists = This link stands already.
problem-link_exists-page = Two items are linked once by each kind of link.

problem-link_cycle-title = Link leads in a circle
problem-link_cycle = This link would lead back to where it began.
problem-link_cycle-page = An item cannot implement, answer, be a part of or replace itself, directly or by way of others.

problem-taken-title = Taken already
problem-taken = This value is taken: it belongs to something else.
problem-taken-page = Codes and addresses are unique. Choose another one.

problem-idempotency_key_reused-title = Key used for another request
problem-idempotency_key_reused = This Idempotency-Key was used for another request.
problem-idempotency_key_reused-page = A key belongs to one request and may only be sent again with the same body. Make a new key for a new request.

problem-protocol_conflict-title = Protocol cannot go there
problem-protocol_conflict = The protocol cannot go from its state to that one.
problem-protocol_conflict-page = A protocol is a draft, then circulated, then approved. A circulated one returns to the draft when an objection is taken up.

problem-objections_open-title = Participants may still object
problem-objections_open = The day until which participants may object has not passed.
problem-objections_open-page = A circulated protocol is approved on the day after that day at the earliest. To shorten or lengthen the time, return it to the draft and circulate it again.

problem-objections_unanswered-title = Objections are not answered
problem-objections_unanswered = Objections to the protocol wait for their answers.
problem-objections_unanswered-page = Every objection is accepted or rejected, with words, before the protocol is approved. To change what it says, return it to the draft and circulate it again.

problem-objections_closed-title = Objections are not taken now
problem-objections_closed = Nobody objects to this protocol now: it is not circulated, or the day named for objections has passed.
problem-objections_closed-page = Organisations that took part object from the day on which the protocol is circulated until the day that was named with it.

problem-protocol_approved-title = Protocol is approved
problem-protocol_approved = An approved protocol is not changed.
problem-protocol_approved-page = What was decided stays as it was approved. A later meeting can decide otherwise.

problem-too_many_uploads-title = Too many files within the hour
problem-too_many_uploads = Your account brought as many files within the last hour as one may.
problem-too_many_uploads-page = How many files an account brings within an hour is a setting of the register. Wait until the oldest of them is an hour ago.

problem-too_many_files-title = Too many files on this item
problem-too_many_files = Your organisation brought as many files to this item as one may.
problem-too_many_files-page = How many files an organisation brings to one item is a setting of the register. Documents that are published elsewhere can be brought as links.

problem-invalid-title = Fields are not valid
problem-invalid = Fields are missing or have values they cannot have.
problem-invalid-page = The member errors names each field by a JSON pointer and says what is wrong with it.

problem-unavailable-title = Temporarily unavailable
problem-unavailable = The register cannot answer right now. Try again shortly.
problem-unavailable-page = The header Retry-After says after how many seconds to try again. What was acknowledged is not lost.

problem-internal-title = Fault of the program
problem-internal = Something went wrong on our side. It has been recorded under the request id.
problem-internal-page = Tell the operator the request id. Nothing of the request was stored in part.

problem-foreign_form-title = Form not accepted
problem-foreign_form = The form was not sent from a page of this register, or you signed in anew since it was opened. Open the page again and send it once more.
problem-foreign_form-page = Pages accept forms of this host alone, with a token that follows from the session. The API takes none.

field-required = It must be given.
field-unknown_field = It is not known here.
field-wrong_type = It has the wrong type.
field-too_long = It is longer than allowed.
field-too_short = It is shorter than allowed.
field-too_many = It has more entries than allowed.
field-forbidden_character = It contains a control character or one that changes the direction of reading.
field-unknown_value = It is none of the known values.
field-invalid_page_size = A page has from 1 to 200 entries, in /ledger/entries from 1 to 1000.
field-unknown_reference = There is no such thing, or none that you may name here.
field-invalid_date = It is not a day in the form 2026-12-31.
field-in_future = It lies in the future.
field-invalid_url = It is not a web address that begins with https:// or http://.
field-invalid_number = It is not a decimal number, such as 39000 or 12.5.
field-invalid_email = It is not a mail address.
field-invalid_code = It is not a well-formed code.
field-duplicate = It is named twice.
field-not_allowed = It does not belong here.
field-contradiction = It contradicts another field.
field-too_early = This can be done from tomorrow on: something that says it is not in the ledger’s tree yet.
field-too_common = It is among the first that attackers try.
field-unsupported_file = It is a file of no kind that is taken: bring PDF, JPEG, PNG, WebP, DOCX, XLSX, ODT, ODS, or text or CSV in UTF-8. An Office document that is protected by a password is none of these.
field-damaged_file = The file is damaged or was broken off.
field-unsafe_file = The file holds macros or other programs, fetches something from elsewhere when it is opened, is protected by a password, or holds more than can be looked into.
