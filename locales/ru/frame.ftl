# То, что окружает каждую страницу.

frame-language = Русский
frame-languages = Язык
frame-skip = Перейти к содержанию
frame-demonstration = Демонстрация, составленная по открытым источникам. Это не официальный реестр.
frame-ways = Разделы реестра
frame-about_ways = О реестре
frame-home = Обзор
frame-items = Рекомендации и обязательства
frame-meetings = Заседания
frame-organisations = Организации
frame-search = Поиск по слову или номеру
frame-search_button = Найти
frame-sign_in = Войти
frame-sign_out = Выйти
frame-foot = Всё открытое здесь можно читать без учётной записи, цитировать и забирать как данные.
frame-data_of = По состоянию на { $day }.
frame-ledger = Подписанная вершина журнала
frame-checkpoint = { $count ->
    [one] { $number } запись
    [few] { $number } записи
    *[other] { $number } записей
    }
failure-request = Номер запроса: { $id }
failure-home = Обзор
failure-items = Все рекомендации и обязательства
done-signed_out = Вы вышли.
done-password_chosen = Пароль выбран. Теперь войдите с ним.
frame-trail = Где вы находитесь
