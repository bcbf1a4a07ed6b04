# Подготовка заседания: повестка, решения, протокол.
building-new = Новое заседание
building-title = Повестка и протокол
building-details = Сведения о заседании
building-code_hint = Заглавные буквы, цифры и дефисы, например MT-2026-02.
building-up = Выше
building-down = Ниже
building-remove = Убрать
building-edit_line = Изменить вопрос и его протокол
building-items_hint = Номера записей через запятую: P-2026-0004, C-2026-0001.
building-decision = Записать решение по этому вопросу
building-decision_alone = Записать решение без вопроса
building-decision_hint = Когда протокол утвердят, оно станет объявленным обязательством этого органа и исполнит записи этого вопроса.
building-decide = Записать решение
building-decision_word = Решение
building-implements = Исполняет
building-line = Добавить вопрос в повестку
building-add = Добавить
building-carry = Осталось от прежних заседаний
building-put = Внести в повестку
building-attended = { $count ->
    [one] Участвовала { $number } организация
    [few] Участвовали { $number } организации
    *[other] Участвовало { $number } организаций
    }
building-circulate = Разослать
building-circulate_hint = Участники тогда прочтут его и до этого дня смогут возразить.
building-approve = Утвердить
building-approve_hint = Утверждение публикует решения и делает из каждого обязательство. Отменить его нельзя.
building-take_back = Вернуть в черновик
building-objections = Возражения
building-answer = Ответ на возражение
building-outcome = Что с ним станет
done-meeting = Заседание изменено.
field_name-code = Шифр
field_name-held_on = День
field_name-held_until = Последний день, если их несколько
field_name-items = Записи
field_name-protocol_text = Что сказано в протоколе
field_name-text = Текст
field_name-implements = Записи, которые оно исполняет
field_name-objections_until = Возражения до
field_name-outcome = Что с ним станет
field_name-answer = Ответ

# Разосланный протокол.
protocol-title = Прочесть протокол и возразить
protocol-own = Возражения вашей организации
protocol-object = Возразить
protocol-about = О чём оно
protocol-whole = Протокол в целом
protocol-text = Что не так
protocol-name = Сообщить секретариату название моей организации
done-objected = Ваше возражение у секретариата. На него должны ответить до утверждения протокола.
