# Поданное, что ждёт секретариат.
queue-title = Очередь
queue-case = Предложение на рассмотрении секретариата
queue-empty = Ничего не ждёт.
queue-waiting = { $count ->
    [one] Ждёт { $number } предложение.
    [few] Ждут { $number } предложения.
    *[other] Ждут { $number } предложений.
    }
queue-days = { $count ->
    [one] { $number } день
    [few] { $number } дня
    *[other] { $number } дней
    }
queue-signs = Возможно, названо частное лицо
queue-alike = В реестре есть похожее
queue-returned = { $count ->
    [one] { $number } возвращено и у автора
    [few] { $number } возвращены и у авторов
    *[other] { $number } возвращено и у авторов
    }
queue-level = Кто прочтёт его теперь?
queue-no_consent = Автор согласился, чтобы его читал только секретариат. Пока автор не согласится на большее, передать его нельзя. Верните с этим вопросом.
queue-else = Или
queue-item = Открыть как запись
done-passed_on = Передано. Срок ответа органа идёт с сегодняшнего дня.
field_name-level = Кто это читает
field_name-looked = Что вы посмотрели текст
