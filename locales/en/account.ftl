# The account's own pages.
account-title = My account
account-organisation = Organisation
account-role = Role
account-name = Name
account-language = Language that I am written to in
account-password = Password
account-current = Present password
account-change_password = Change the password
account-sessions = Where I am signed in
account-sessions_about = Neither addresses nor devices are stored: only the day.
account-session_since = Since
account-this_session = this session
account-end_session = End it
account-end_others = End all others
done-account_changed = Your account was changed.
done-password_changed = The password was changed. You stay signed in here, and nowhere else.
done-session_ended = Ended.
done-followed = You follow this now, and are told what happens to it.
done-unfollowed = You no longer follow it.
follows-title = What I follow
follows-none = You follow nothing yet. Whoever files a proposal follows it, and what carries it out, without doing anything.
follows-stop = Stop following
follows-follow = Follow
notifications-title = Notifications
notifications-none = Nothing has happened yet that you are told of.
notifications-mark = Mark all as read
notifications-new = New
notifications-why = Why:
notifications-older = Older
notification_reason-approves = it waits for your approval
notification_reason-wrote = you wrote it
notification_reason-submitted = your organisation filed it
notification_reason-implements_submitted = it carries out what your organisation filed
notification_reason-asked = your organisation is asked to report
notification_reason-owns = your organisation answers for it
notification_reason-follows = you follow it
second_factor-title = Second factor
second_factor-is_on = Signing in asks for a code of your app beside the password.
second_factor-is_off = Signing in asks for the password alone.
second_factor-change = Change that
second_factor-about = With a second factor nobody signs in as you who has learned your password. You need an authenticator app on your telephone or computer: any one that makes codes of six digits. It works without the internet.
second_factor-begin = Connect an app
second_factor-scan = Scan this picture with the app.
second_factor-picture = QR code for the authenticator app
second_factor-typing = Or type this secret into it. It is shown this once.
second_factor-first_code = Code that the app shows now
second_factor-confirm = Turn it on
second_factor-recovery = Your recovery codes
second_factor-recovery_about = Each of them lets you in once, in place of the app, when you have lost it. They are shown this once: print them or write them down, and keep them away from your telephone.
second_factor-kept = I have kept them
second_factor-code = Code
second_factor-renew = New recovery codes
second_factor-renew_button = Make new ones
second_factor-remove = Turn the second factor off
second_factor-remove_button = Turn it off
second_factor-left = { $count ->
    [one] { $number } recovery code is left.
   *[other] { $number } recovery codes are left.
}
done-second_factor_removed = The second factor is off. You stay signed in here, and nowhere else.
done-second_factor_missing = This register asks your account for a second factor. Connect an app, and everything else is there.
tokens-title = Tokens for programs
tokens-short = A program asks in your name with a token of its own.
tokens-manage = Make and end tokens
tokens-about = With a token a program reads, or also does, what you may: a mirror, a spreadsheet, an application of your organisation. It never changes your password, second factor, sessions or tokens. End it when it is not needed.
tokens-made = The new token
tokens-made_about = It is shown this once. Whoever has it acts in your name: keep it as you keep a password.
tokens-since = made
tokens-until = until
tokens-used = last used
tokens-unused = never used
tokens-end = End it
tokens-new = A new token
tokens-label = What it is for
tokens-label_hint = By this you know it again.
tokens-scope = What it may do
tokens-days = For how long
tokens-make = Make the token
tokens-of_days = { $count ->
    [one] { $number } day
   *[other] { $number } days
}
done-token_ended = The token has ended.
token_scope-read = Read what I read
token_scope-write = Read and write what I may
colleagues-title = Colleagues
colleagues-short = Who else acts for your organisation, who waits for your word, and whom to lock out.
colleagues-manage = See colleagues
colleagues-waiting = { $count ->
    [one] { $number } waits for your word.
   *[other] { $number } wait for your word.
}
colleagues-about = These people see and do here what you see and do. Lock out at once whoever left, or whose device or password may be in other hands.
colleagues-none = Nobody else acts beside you.
colleagues-you_unconfirmed = A colleague has not confirmed your account yet. Until then you are told of nobody here, and see nothing that your organisation sees alone.
colleagues-since = since
colleagues-unconfirmed = waits for a colleague's word
colleagues-confirm = Confirm
colleagues-confirm_about = This account is new. Confirm it only if you know that the person belongs to you: after that they read what you read here.
colleagues-vouch = They asked me for it themselves
colleagues-vouch_about = An administrator was asked for a new password for this account, and holds a link that your word makes good. Ask the person face to face or by voice, not by a message that anybody could have written.
colleagues-lock_out = Lock out…
colleagues-lock_out_about = They are signed out everywhere at once and cannot come in again. What only they were drafting passes to you. An administrator lets them in again, and then a colleague has to confirm them.
colleagues-lock_out_now = Lock out now
done-colleague_confirmed = The account is confirmed.
done-colleague_vouched = Your word is given. The link works now.
done-colleague_out = The account is locked out.
