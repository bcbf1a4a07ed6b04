# Отырыстың басып шығарылатын күн тәртібі және отырыс неден басталады.

agenda-heading = Күн тәртібі
agenda-empty = Күн тәртібінде әзірге ештеңе жоқ.
agenda-date = Күні
agenda-date_unknown = Әлі белгіленбеген
agenda-place = Орны
agenda-chair = Төраға
agenda-topics = Тақырыптар
agenda-speaker = Баяндамашы
agenda-ref = Нөмірі
agenda-title = Атауы
agenda-status = Күйі
agenda-lead = Жауапты орган
agenda-due = Мерзімі
agenda-days_late = Кешіктірілген күндер
agenda-carry_over = Алдыңғы отырыстардан өткендер
agenda-carry_over_empty = Өткен ештеңе жоқ.
agenda-carry_over_more = Тізім толық емес: толығы тізілімде.
agenda-data_of = Деректер { $day } күнгі жағдай бойынша
agenda-month = { $number }.{ $year } ж.
agenda-quarter = { $year } жылғы { $number }-тоқсан
agenda-half_year = { $year } жылғы { $number }-жартыжылдық

# Неліктен өткені.
carry_over_group-open_decision = Алдыңғы отырыстардың орындалмаған шешімдері
carry_over_group-overdue = Мерзімі өткен
carry_over_group-unanswered = Талқыланған, бірақ жауап берілмеген
carry_over_group-listed_for_meeting = Жауап алынған жоқ

# Хаттамаға қарсылықтың нәтижесі.
objection_outcome-accepted = Қабылданды
objection_outcome-rejected = Қабылданбады
