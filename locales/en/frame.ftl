# What stands around every page.

frame-language = English
frame-languages = Language
frame-skip = Skip to the content
frame-demonstration = A demonstration compiled from public sources. It is not an official register.
frame-ways = Parts of the register
frame-about_ways = About the register
frame-home = Overview
frame-items = Recommendations and commitments
frame-meetings = Meetings
frame-organisations = Organisations
frame-search = Search by word or number
frame-search_button = Search
frame-sign_in = Sign in
frame-sign_out = Sign out
frame-foot = Everything public here can be read without an account, quoted and taken away as data.
frame-data_of = As of { $day }.
frame-ledger = Signed head of the log
frame-checkpoint = { $count ->
    [one] { $number } entry
    *[other] { $number } entries
    }
failure-request = Request id: { $id }
failure-home = Overview
failure-items = All recommendations and commitments
done-signed_out = You are signed out.
done-password_chosen = The password is chosen. Sign in with it now.
frame-trail = Where you are
