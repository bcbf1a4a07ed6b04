# Организации и что считается по каждой.
organisations-title = Организации
organisations-about = Органы, которые за что-то отвечают, институты, которые оценивают, организации, которые подают предложения.
organisations-description = { $name }: что и к какому сроку должно быть сделано против пыток и что установили другие.
organisations-inactive = больше не участвует
organisations-part_of = Входит в:
organisations-former = Прежде:
organisations-led = отвечает
organisations-by_status = За что отвечает, по статусу
organisations-figures = Показатели по тому, за что отвечает
organisations-figures_about = Каждое число считает то, что вам видно, и ведёт к своему списку.
organisations-what = Что
organisations-measure = Значение
organisations-of = По чему
organisations-days = { $days } дн.
organisations-days_late = Медиана просрочки
organisations-slippage = Медиана переноса сроков
organisations-answered = Дан ответ на обращённое
organisations-days_to_answer = Медиана дней до первого ответа
organisations-assessed = Оценено другими
organisations-fresh = Есть сведения за последние полгода
organisations-reported = Отчёты, полученные в последнем раунде
organisations-last = Последний раз сообщала о состоянии:
organisations-named = { $count ->
    [one] Всё, к чему имеет отношение: { $number } запись
    [few] Всё, к чему имеет отношение: { $number } записи
    *[other] Всё, к чему имеет отношение: { $number } записей
    }
organisation_kinds-state_body = Государственные органы
organisation_kinds-independent = Независимые институты
organisation_kinds-civil_society = Гражданское общество
organisation_kinds-international = Международные организации
