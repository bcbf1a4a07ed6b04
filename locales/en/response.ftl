# How long nothing was heard, and the letter to the head of the body that owes a word. The letter is a draft: a person
# reads, signs and sends it. Names and days stand after a colon, so that no word has to agree with them.

silence-review = { $days ->
    [one] no review after { $days } day
   *[other] no review after { $days } days
 }
silence-answer = { $days ->
    [one] no answer after { $days } day
   *[other] no answer after { $days } days
 }
silence-confirmation = { $days ->
    [one] no confirmation after { $days } day
   *[other] no confirmation after { $days } days
 }

response_letter-subject = { $ref }: { $silence }
response_letter-addressee = To the head of: { $body }
response_letter-opening-review = On the platform “{ $platform }” a proposal was filed for review by the secretariat. It has not been reviewed.
response_letter-opening-answer = On the platform “{ $platform }” a matter was put before your organisation for its answer. No answer has been received.
response_letter-opening-confirmation = On the platform “{ $platform }” a commitment was announced for your organisation. It has been neither confirmed nor declined.
response_letter-fact-ref = Number: { $ref }
response_letter-fact-title = Title: { $title }
response_letter-fact-since = Waiting since: { $since }
response_letter-fact-due = Due by: { $due }
response_letter-fact-silence = To date: { $silence }
response_letter-fact-url = Address: { $url }
response_letter-request-review = Please see that the proposal is passed on to the body in charge or returned to its submitter with a reason.
response_letter-request-answer = Please give the answer on the platform, or say by when it will be given and who is in charge of it.
response_letter-request-confirmation = Please confirm the commitment with its due date, correct it, or decline it with a reason.
response_letter-meeting = Until then the matter is shown as unanswered, and it will be put on the list of the next meeting.
