# Страницы сбора отчётов.
rounds-title = Сбор отчётов
rounds-lead = Секретариат просит органы отчитаться о том, за что они отвечают. Видно и то, о чём в срок не отчитались.
rounds-none = Сбор отчётов ещё не открывали.
rounds-new = Открыть сбор отчётов
rounds-new_lead = Каждый орган спрашивают обо всех его обязательствах и рекомендациях, которые исполняются и которые видят все учётные записи. Ему сообщат сразу.
rounds-name = Название
rounds-name_hint = Можно не указывать: тогда название даст период.
rounds-due = Срок:
rounds-due_head = Срок сдачи отчётов
rounds-due_hint = Последний день, когда отчёт сдан вовремя.
rounds-period = Период:
rounds-state = Состояние
rounds-asked = Запрошено
rounds-received = Получено
rounds-late = С опозданием
rounds-was_late = с опозданием
rounds-bodies = По органам
rounds-body = Орган
rounds-bodies_hint = Орган, у которого ничего не исполняется, спросить нельзя.
rounds-nothing_to_ask = спросить не о чем.
rounds-table = О чём спрашивали
rounds-all = Все
rounds-all_bodies = Все органы
rounds-item = Запись
rounds-standing = Что стало с отчётом
rounds-report = Отчёт
rounds-fill = Заполнить нашу таблицу
rounds-fill_lead = По строке на запись. Заполненное будет сдано, пустое останется на потом.
rounds-nothing_owed = Здесь больше не о чем отчитываться.
rounds-is_closed = Этот сбор закрыт, отчёты больше не принимаются.
rounds-hand_in = Сдать заполненное
rounds-paste_title = Вставить строки из таблицы
rounds-pasted = Строки
rounds-paste_hint = Скопируйте столбцы в таком порядке: номер записи, статус, что сделано, документ. Статус и документ могут быть пустыми. Ничего не будет сдано, пока вы не увидите проверенные строки.
rounds-check = Проверить строки
rounds-checked = Проверка
rounds-row_right = Верно
rounds-not_asked = По такой записи у вашего органа здесь отчёт не просят, или он уже сдан.
rounds-hand_in_right = Сдать верные строки
rounds-mend = Исправить и проверить снова
rounds-change = Изменить сбор отчётов
rounds-reason_hint = Нужна для другого срока и для повторного открытия.
rounds-close = Закрыть сбор
rounds-reopen = Открыть снова
rounds-ask_more = Спросить другие органы
round_state-open = Открыт
round_state-closed = Закрыт
report_standing-received = Получен
report_standing-released = Больше не требуется
report_standing-awaited = Ожидается
report_standing-not_received = Не получен
field_name-period_from = Период с
field_name-period_to = Период по
field_name-organisations = Кого спрашивают
field_name-document = Документ
done-round_opened = Сбор открыт, органам сообщено.
done-round_changed = Сбор изменён.
done-round_closed = Сбор закрыт.
done-round_reopened = Сбор снова открыт.
done-round_asks_more = Спрошены и другие органы.
done-nothing_filled = Ни одна строка не заполнена.
rounds-right = { $count ->
    [one] Верна { $number } строка.
    [few] Верны { $number } строки.
    *[other] Верно { $number } строк.
    }
rounds-wrong = { $count ->
    [one] В { $number } строке ошибка: она сдана не будет.
    *[other] В { $number } строках ошибки: они сданы не будут.
    }
rounds-left_out = { $count ->
    [one] { $number } строка не прочитана: за раз читается 200.
    [few] { $number } строки не прочитаны: за раз читается 200.
    *[other] { $number } строк не прочитано: за раз читается 200.
    }
rounds-twice = Эта запись уже есть в строке выше.
