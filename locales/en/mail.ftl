# Letters by mail. They name no item, no organisation and no other person.
mail-greeting = Good day.
mail-invitation-subject = { $platform }: your account
mail-invitation-about = An account was made for you in { $platform }. Open this address to choose your password:
mail-invitation-not_you = It works once. If you expect no account, do nothing: without a password nobody comes in.
mail-recovery-subject = { $platform }: a new password
mail-recovery-about = Somebody asked for a new password for your account in { $platform }. If it was you, open this address to choose it:
mail-recovery-not_you = It works once, and signs you out everywhere. If it was not you, do nothing: your password stays as it is.
mail-vouched_recovery-subject = { $platform }: a new password
mail-vouched_recovery-about = An administrator was asked for a new password for your account in { $platform }. Once a colleague of yours has confirmed that you want it, open this address to choose it:
mail-vouched_recovery-not_you = It works once, signs you out everywhere and takes your second factor away. If you did not ask for it, tell your colleagues: nobody but they can make it good.
mail-holds_days = { $count ->
    [one] The address holds for { $number } day.
   *[other] The address holds for { $number } days.
}
mail-holds_minutes = { $count ->
    [one] The address holds for { $number } minute.
   *[other] The address holds for { $number } minutes.
}
mail-notice-subject = { $platform }: your account was changed
mail-notice-not_you = If it was you, there is nothing to do. If it was not, tell a colleague at once, who can lock your account, and ask for a new password at this address:
mail-password_recovered-about = A new password was chosen for your account in { $platform }, by a link that was made for it. You were signed out everywhere. Look under My account whether your passkeys and your authenticator app are still there, and yours alone.
mail-password_changed-about = The password of your account in { $platform } was changed by somebody who was signed in. You were signed out everywhere else.
mail-second_factor_added-about = An authenticator app was added to your account in { $platform }. Its codes are asked for at sign-in from now on.
mail-second_factor_removed-about = The authenticator app was removed from your account in { $platform }. No code is asked for at sign-in any more.
mail-passkey_added-about = A passkey was added to your account in { $platform }. Whoever has it comes in without a password.
mail-passkey_removed-about = A passkey was removed from your account in { $platform }.
mail-checkpoint-subject = { $platform }: signed head of the log, { $day }
mail-checkpoint-about = Below is the signed head of the log of { $platform } as it stood on { $day }, with { $count ->
    [one] { $number } entry
   *[other] { $number } entries
 }. Keep this letter where nobody who runs the register reaches it: whoever changes or removes an entry later contradicts it. How it is compared:
mail-draft-subject = { $platform }: something unfinished will be deleted
mail-draft-about = Something unfinished of yours in { $platform } has not been touched for a long time. It will be deleted on { $day }, unless you change something in it before:
mail-identity_added-about = An identity at a provider was connected to your account in { $platform }. Whoever signs in there with it comes in here.
mail-identity_removed-about = An identity at a provider was removed from your account in { $platform }. Nobody comes in with it any more.
