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
