# Signing in, and choosing a password.

sign_in-title = Sign in
sign_in-email = E-mail address
sign_in-password = Password
sign_in-button = Sign in
sign_in-help = If you cannot get in
sign_in-help_text = Accounts are made by the administrator of the register, who also gives a new link when a password is lost. Reading what is public needs no account.
sign_in-code_about = The password is right. Your account also asks for a code.
sign_in-code_hint = The six digits that your authenticator app shows now, or one of your recovery codes.
password-title = Choose a password
password-about = The link that you opened works once. Afterwards you sign in with your address and this password.
password-new = New password
password-hint = At least 15 characters. A sentence of several words is good; anything may be pasted.
password-button = Choose this password
password-required = Enter a password.
password-too_short = The password is shorter than 15 characters.
password-too_long = The password is longer than 256 characters.
password-too_common = This password is among the first that attackers try. Choose another one.
password-forbidden_character = The password contains a character that cannot be typed.
