# Темы, механизмы и календарь.
topics-title = Темы и механизмы
topics-description = Что рекомендовано и обещано: по темам и по механизмам, которые об этом просили.
topics-about = { $topic }: что рекомендовано или обещано, что говорят ответственные органы и что установили другие.
topics-mechanisms = Механизмы
topics-topics = Темы
calendar-title = Календарь
calendar-description = Заседания и сроки года по всем органам или по одному.
calendar-years = Годы
calendar-all_bodies = Все органы и заседания
calendar-show = Показать
calendar-empty = В этом году сроков нет и заседания не известны.
calendar-no_month = В течение года, месяц неизвестен
calendar-due = Срок: { $body }
calendar-deadlines = Все сроки этого года списком
