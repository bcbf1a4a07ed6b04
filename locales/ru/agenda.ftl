# Повестка заседания для печати и то, с чего заседание начинается.

agenda-heading = Повестка дня
agenda-empty = В повестке пока ничего нет.
agenda-date = Дата
agenda-date_unknown = Ещё не назначена
agenda-place = Место
agenda-chair = Председатель
agenda-topics = Темы
agenda-speaker = Докладчик
agenda-ref = Номер
agenda-title = Название
agenda-status = Статус
agenda-lead = Ответственный орган
agenda-due = Срок
agenda-days_late = Дней просрочки
agenda-carry_over = Перешло с прежних заседаний
agenda-carry_over_empty = Ничего не перешло.
agenda-carry_over_more = Список не полон: целиком он есть в реестре.
agenda-data_of = Данные на { $day }
agenda-month = { $number }.{ $year } г.
agenda-quarter = { $number }-й квартал { $year } г.
agenda-half_year = { $number }-е полугодие { $year } г.

# Почему что-либо перешло.
carry_over_group-open_decision = Неисполненные решения прежних заседаний
carry_over_group-overdue = Просрочено
carry_over_group-unanswered = Обсуждалось и осталось без ответа
carry_over_group-listed_for_meeting = Ответ не получен

# Что стало с возражением на протокол.
objection_outcome-accepted = Принято
objection_outcome-rejected = Отклонено
