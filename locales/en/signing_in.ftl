# Signing in, and choosing a password.

sign_in-title = Sign in
sign_in-email = E-mail address
sign_in-password = Password
sign_in-button = Sign in
sign_in-help = If you cannot get in
sign_in-help_text = Accounts are made by the administrator of the register. Reading what is public needs no account.
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
forgotten-title = Forgotten password
forgotten-by_mail = Give the address that you sign in with. If an account has it, a letter with a link comes soon; the link holds for some minutes and works once. Your second factor stays as it is.
forgotten-button = Send the letter
forgotten-no_second_factor = Without your second factor
forgotten-by_two = Ask the administrator of the register for a new password, and a colleague to vouch for you on the page of colleagues: neither can do it alone. The link then takes your second factor away too.
done-letter_sent = If an account has this address, a letter is on its way.
