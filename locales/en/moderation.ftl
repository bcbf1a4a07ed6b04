# What was filed and waits for the secretariat.
queue-title = Queue
queue-case = A proposal to look at
queue-empty = Nothing waits.
queue-waiting = { $count ->
    [one] { $number } proposal waits.
    *[other] { $number } proposals wait.
    }
queue-days = { $count ->
    [one] { $number } day
    *[other] { $number } days
    }
queue-signs = May name a private person
queue-alike = Something alike is in the register
queue-returned = { $count ->
    [one] { $number } was returned and is with its author
    *[other] { $number } were returned and are with their authors
    }
queue-level = Who reads it from now on?
queue-no_consent = Its author agreed that the secretariat alone reads it. It cannot be passed on before the author agrees to more. Return it with that question.
queue-else = Or
queue-item = See it as an item
done-passed_on = It is passed on. The body’s time to answer runs from today.
field_name-level = Who reads it
field_name-looked = That you looked at the text
