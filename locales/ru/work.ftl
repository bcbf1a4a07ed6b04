# Над чем работают учётные записи и что можно сделать с записью.
frame-own_ways = Ваша работа
work-title = Моя работа
work-nothing = Здесь ничего нет.
work-all = Весь список
work-drafts = Черновики и возвращённое
work-filed = Подано моей организацией
work-disagreement = Где позиции расходятся
work-overdue = Просрочено
work-to_answer = Ждёт нашего ответа
work-of_organisation = За что мы отвечаем
work-submitted = Подано, ждёт рассмотрения
work-overdue_all = Просрочено у всех органов
work-reported_done = Заявлено как исполненное
work-changed = Последние изменения
doing-title = Что вы можете сделать
done-moved = Записано.
done-filed = Подано. Сохраните расписку: она позже докажет, что вы подали.

# Перемещения, как их называет тот, кто их делает.
move-submitted = Подать
move-returned = Вернуть на доработку
move-under_review = Передать органу
move-accepted = Принять
move-partly_accepted = Принять частично
move-declined = Отклонить
move-noted = Принять к сведению
move-closed = Закрыть
move-withdrawn = Отозвать
move-merged = Объединить с другой
move-superseded = Указать, чем заменена
move-planned = Подтвердить со сроком
move-announced = Объявить
move-registered = Зарегистрировать
move-in_progress = Сообщить о начале работы
move-reported_done = Сообщить об исполнении
move-reopen = Открыть снова
