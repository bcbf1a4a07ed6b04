# The first page.

home-title = Who promised what against torture, and was it done?
home-description = Recommendations of UN and national mechanisms, proposals of civil society and commitments of state bodies against torture: who owes what by when, and who says it was done.
