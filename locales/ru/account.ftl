# Собственные страницы учётной записи.
account-title = Моя учётная запись
account-organisation = Организация
account-role = Роль
account-name = Имя
account-language = Язык, на котором мне пишут
account-password = Пароль
account-current = Текущий пароль
account-change_password = Изменить пароль
account-sessions = Где я вошёл
account-sessions_about = Ни адреса, ни устройства не хранятся — только день.
account-session_since = С
account-this_session = этот сеанс
account-end_session = Завершить
account-end_others = Завершить все остальные
done-account_changed = Учётная запись изменена.
done-password_changed = Пароль изменён. Вы остаётесь в системе здесь, и больше нигде.
done-session_ended = Завершено.
done-followed = Теперь вы за этим следите, и вам сообщат, что происходит.
done-unfollowed = Вы больше за этим не следите.
follows-title = За чем я слежу
follows-none = Вы пока ни за чем не следите. Кто подал предложение, следит за ним и за тем, чем оно исполняется, ничего для этого не делая.
follows-stop = Перестать следить
follows-follow = Следить
notifications-title = Уведомления
notifications-none = Пока не произошло ничего, о чём вам сообщают.
notifications-mark = Отметить все прочитанными
notifications-new = Новое
notifications-why = Почему:
notifications-older = Раньше
notification_reason-approves = ждёт вашего утверждения
notification_reason-wrote = вы это написали
notification_reason-submitted = подала ваша организация
notification_reason-implements_submitted = исполняет то, что подала ваша организация
notification_reason-asked = вашу организацию просят отчитаться
notification_reason-owns = за это отвечает ваша организация
notification_reason-follows = вы за этим следите
second_factor-title = Второй фактор
second_factor-is_on = При входе кроме пароля нужен код из приложения.
second_factor-is_off = При входе нужен только пароль.
second_factor-change = Изменить
second_factor-about = Со вторым фактором никто не войдёт под вашим именем, даже узнав пароль. Нужно приложение-аутентификатор на телефоне или компьютере: подойдёт любое с кодами из шести цифр. Интернет ему не нужен.
second_factor-begin = Подключить приложение
second_factor-scan = Отсканируйте эту картинку приложением.
second_factor-picture = QR-код для приложения
second_factor-typing = Или введите в него этот секрет. Он показывается только сейчас.
second_factor-first_code = Код, который сейчас показывает приложение
second_factor-confirm = Включить
second_factor-recovery = Ваши резервные коды
second_factor-recovery_about = Каждый из них один раз пропустит вас вместо приложения, если вы его потеряете. Они показываются только сейчас: распечатайте их или выпишите и храните отдельно от телефона.
second_factor-kept = Коды сохранены
second_factor-code = Код
second_factor-renew = Новые резервные коды
second_factor-renew_button = Создать новые
second_factor-remove = Выключить второй фактор
second_factor-remove_button = Выключить
second_factor-left = { $count ->
    [one] Остался { $number } резервный код.
    [few] Осталось { $number } резервных кода.
   *[other] Осталось { $number } резервных кодов.
}
done-second_factor_removed = Второй фактор выключен. Вы остаётесь в системе здесь, и больше нигде.
done-second_factor_missing = Этот реестр требует от вашей учётной записи второй фактор. Подключите приложение, добавьте ключ доступа или войдите со своим, и всё остальное станет доступно.
second_factor-or_passkey = Его может заменить устройство, которое вы разблокируете пальцем, лицом или кодом:
passkeys-title = Ключи доступа
passkeys-there = Вы можете войти с ключом доступа, без пароля.
passkeys-none = С ключом доступа вы входите, разблокировав своё устройство, без пароля.
passkeys-manage = Добавить и удалить ключи доступа
passkeys-about = Ключ доступа хранится в вашем телефоне, компьютере или ключе безопасности, который вы разблокируете пальцем, лицом или кодом. Он действует только на этом сайте, поэтому никакая подделка сайта его не получит, и ни пароль, ни код вместе с ним не нужны. Устройство показывает при нём название этого сайта и может скопировать его туда, где хранит другие ваши ключи: кто просматривает устройство, увидит, что у вас здесь есть учётная запись. Ваших имени и адреса в нём нет.
passkeys-since = добавлен
passkeys-used = последнее использование
passkeys-unused = не использовался
passkeys-copied = есть и на других ваших устройствах
passkeys-not_copied = только на одном устройстве
passkeys-doubted = Кто-то пришёл с более старым состоянием этого ключа и получил отказ. Если это были не вы, удалите его. День:
passkeys-new = Новый ключ доступа
passkeys-begin = Перейти к устройству
passkeys-without = Для этого нужен браузер, который знает ключи доступа и выполняет скрипты.
passkeys-label = Как вы его узнаете
passkeys-label_hint = Например: телефон, ключ на работе.
passkeys-make = Создать ключ доступа
passkeys-not_made = Устройство не создало ключ доступа. Попробуйте ещё раз или возьмите другое устройство.
passkeys-remove = Удалить ключ доступа
passkeys-which = Какой именно
passkeys-remove_button = Удалить
done-passkey_added = Ключ доступа добавлен. Вы остаётесь в системе здесь, и больше нигде.
done-passkey_removed = Ключ доступа удалён. Вы остаётесь в системе здесь, и больше нигде.
tokens-title = Токены для программ
tokens-short = Программа обращается от вашего имени со своим токеном.
tokens-manage = Создать и завершить токены
tokens-about = С токеном программа читает, а если разрешено, и делает то же, что и вы: зеркало, таблица, система вашей организации. Она никогда не меняет ваш пароль, второй фактор, сеансы и токены. Завершите токен, когда он не нужен.
tokens-made = Новый токен
tokens-made_about = Он показывается только сейчас. Кто его получит, действует от вашего имени: храните его как пароль.
tokens-since = создан
tokens-until = действует до
tokens-used = последний раз использован
tokens-unused = не использовался
tokens-end = Завершить
tokens-new = Создать токен
tokens-label = Для чего он
tokens-label_hint = По этим словам вы его узнаете.
tokens-scope = Что ему можно
tokens-days = На какой срок
tokens-make = Создать токен
tokens-of_days = { $count ->
    [one] { $number } день
    [few] { $number } дня
   *[other] { $number } дней
}
done-token_ended = Токен завершён.
token_scope-read = Читать то, что читаю я
token_scope-write = Читать и записывать то, что могу я
colleagues-title = Коллеги
colleagues-short = Кто ещё действует от вашей организации, кто ждёт вашего слова и кого закрыть.
colleagues-manage = Посмотреть коллег
colleagues-waiting = { $count ->
    [one] { $number } человек ждёт вашего слова.
    [few] { $number } человека ждут вашего слова.
   *[many] { $number } человек ждут вашего слова.
}
colleagues-about = Эти люди видят и делают здесь то же, что и вы. Сразу закройте доступ тому, кто ушёл или чьё устройство или пароль могли попасть в чужие руки.
colleagues-none = Кроме вас, никто не действует.
colleagues-you_unconfirmed = Коллега ещё не подтвердил вашу учётную запись. До этого здесь вам никого не показывают, и вы не видите того, что видит только ваша организация.
colleagues-since = с
colleagues-unconfirmed = ждёт слова коллеги
colleagues-confirm = Подтвердить
colleagues-confirm_about = Это новая учётная запись. Подтверждайте её, только если знаете, что человек из вашей организации: после этого он читает здесь то же, что и вы.
colleagues-vouch = Человек сам попросил меня об этом
colleagues-vouch_about = У администратора попросили новый пароль для этой записи; у него есть ссылка, которая заработает после вашего слова. Спросите человека лично или голосом, а не сообщением, которое мог написать кто угодно.
colleagues-lock_out = Закрыть доступ…
colleagues-lock_out_about = Все сеансы этого человека сразу завершатся, войти он больше не сможет. Черновики, которые писал только он, перейдут к вам. Вернуть доступ может администратор, и тогда коллега должен будет подтвердить запись.
colleagues-lock_out_now = Закрыть доступ сейчас
done-colleague_confirmed = Учётная запись подтверждена.
done-colleague_vouched = Вы поручились. Теперь ссылка действует.
done-colleague_out = Доступ закрыт.
