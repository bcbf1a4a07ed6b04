# Почему реестр не выполнил запрос: заголовок, одно предложение и пояснение для каждого кода,
# одно предложение для каждой ошибки поля. Коды те же, что в программе.

problem-page-title = Ответ реестра
problem-page-status = Статус HTTP { $status }, код { $code }

problem-unauthenticated-title = Вход не выполнен
problem-unauthenticated = Чтобы сделать это, войдите.
problem-unauthenticated-page = Для запроса нужна учётная запись. Войдите и передайте токен доступа в заголовке Authorization после слова Bearer.

problem-invalid_token-title = Недействительный токен доступа
problem-invalid_token = Токен доступа недействителен, истёк, или его сеанс завершён.
problem-invalid_token-page = Токен доступа действует несколько минут. Получите новый по токену обновления или войдите снова.

problem-invalid_credentials-title = Вход отклонён
problem-invalid_credentials = Адрес и пароль не подходят друг к другу, или с этой учётной записью войти нельзя.
problem-invalid_credentials-page = Ответ одинаков, если адрес неизвестен, пароль неверен или учётная запись отключена: так никто не узнает, у кого она есть.

problem-second_factor_required-title = Не хватает кода
problem-second_factor_required = Адрес и пароль верны. Для этой учётной записи нужен ещё код из приложения.
problem-second_factor_required-page = Передайте код в поле totp вместе с адресом и паролем: шесть цифр из приложения или резервный код.
problem-second_factor_missing-title = Сначала нужен второй фактор
problem-second_factor_missing = Учётные записи с этой ролью входят со вторым фактором. Включите его, чтобы продолжить.
problem-second_factor_missing-page = Реестр требует второй фактор для учётных записей с этой ролью. GET /me/second-factor показывает, включён ли он; POST /me/second-factor начинает подключение приложения, POST /me/passkeys/challenges добавляет ключ доступа; у кого он есть, входит с ним.
problem-confirmation_missing-title = Сначала запись должен подтвердить коллега
problem-confirmation_missing = Никто не входит в секретариат, пока учётную запись не подтвердил коллега оттуда.
problem-confirmation_missing-page = Попросите коллегу из секретариата подтвердить запись на странице коллег или через POST /users/…/confirmation. Если никого не осталось, это делает из командной строки тот, кто обслуживает сервер.
problem-invalid_second_factor-title = Код не подходит
problem-invalid_second_factor = Это не код второго фактора, или он уже использован. Приложение показывает новый каждые 30 секунд.
problem-invalid_second_factor-page = Код действует 30 секунд и годится один раз, резервный тоже. Если часы сбиты больше чем на полминуты, коды неверны.
problem-session_required-title = Только лично
problem-session_required = Программа с токеном просит о том, что может только человек.
problem-session_required-page = Пароль, второй фактор, сеансы и токены меняет сам человек, войдя с адресом и паролем.
problem-scope_required-title = Токен только для чтения
problem-scope_required = С этим токеном можно читать, но не записывать.
problem-scope_required-page = Создайте токен с областью write или войдите в систему.
problem-too_many_tokens-title = Слишком много токенов
problem-too_many_tokens = У учётной записи столько токенов, сколько разрешено. Завершите ненужный.
problem-too_many_tokens-page = У учётной записи одновременно не больше 20 токенов.
problem-second_factor_conflict-title = Второй фактор сейчас в другом состоянии
problem-second_factor_conflict = Второй фактор уже включён, или продолжать нечего.
problem-second_factor_conflict-page = Секрет создаётся, только пока второй фактор выключен, и подтверждается один раз. Чтобы перейти на другое приложение, выключите его.
problem-passkey_required-title = Войдите с ключом доступа
problem-passkey_required = Для этой учётной записи одного пароля мало. Войдите со своим ключом доступа.
problem-passkey_required-page = Реестр требует от этой учётной записи второй фактор; у неё есть ключи доступа и нет приложения-аутентификатора. Начните с POST /auth/passkey-challenges.
problem-invalid_passkey-title = Ключ доступа не принят
problem-invalid_passkey = Ответ устройства здесь не подходит или пришёл слишком поздно. Начните заново.
problem-invalid_passkey-page = Он должен отвечать на вызов этого сеанса в течение пяти минут, быть создан на этом сайте для человека, которого устройство проверило, и никому ещё не принадлежать. Принимаются ES256 и EdDSA.
problem-no_passkeys-title = Здесь нет ключей доступа
problem-no_passkeys = Этот реестр открывается по адресу, для которого в браузерах нет ключей доступа.
problem-no_passkeys-page = Ключи доступа принадлежат домену, открытому по https. У адреса из чисел их нет; на своей машине они есть у http://localhost.
problem-too_many_passkeys-title = Слишком много ключей доступа
problem-too_many_passkeys = У вас столько ключей доступа, сколько разрешено. Удалите ненужный.
problem-too_many_passkeys-page = У учётной записи одновременно не больше 10 ключей доступа.
problem-last_second_factor-title = Он последний
problem-last_second_factor = У этой учётной записи должен быть второй фактор, а этот ключ доступа единственный. Сначала добавьте другой или подключите приложение.
problem-last_second_factor-page = С одним паролем никто уже не смог бы войти. POST /me/passkeys/challenges добавляет другой ключ доступа; POST /me/second-factor начинает подключение приложения.
problem-sign_in_expired-title = Слишком поздно
problem-sign_in_expired = Между шагами входа прошло слишком много времени, или вход был начат в другом браузере. Войдите заново.
problem-sign_in_expired-page = Между шагами есть десять минут, каждый годится один раз, и пароль за это время не должен измениться.
problem-identity_provider_unavailable-title = Служба входа не отвечает
problem-identity_provider_unavailable = Служба, через которую вы входите, сейчас недоступна или отвечает не так, как должна. Попробуйте чуть позже или войдите по адресу и паролю.
problem-identity_provider_unavailable-page = Служба входа не ответила вовремя, или её сведения о себе не подходят. Что именно, сказано в журнале реестра.
problem-identity_refused-title = Никто не вошёл
problem-identity_refused = Служба входа никого не впустила, или в этом реестре нет учётной записи для вошедшего. Если она у вас есть, войдите по адресу и паролю и подключите службу на странице своей учётной записи.
problem-identity_refused-page = С личностью входят, когда она подключена к действующей учётной записи. Какие учётные записи есть, никому не сообщается.
problem-identity_conflict-title = Уже подключено
problem-identity_conflict = Эта личность уже подключена к учётной записи, или у вашей учётной записи уже есть личность у этой службы.
problem-identity_conflict-page = Личность принадлежит одной учётной записи, и у учётной записи одна личность у каждой службы. Сначала удалите ту, что есть.
problem-no_identity_provider-title = Службы входа нет
problem-no_identity_provider = В этот реестр не входят через внешнюю службу.
problem-no_identity_provider-page = Её называет настройка openid.issuer.
problem-last_way_in-title = Другого входа нет
problem-last_way_in = У вашей учётной записи нет пароля, и без этого подключения никто не смог бы войти. Сначала выберите пароль: попросите его так, будто забыли.
problem-last_way_in-page = У учётной записи, в которую входили только через внешнюю службу, нет пароля. POST /auth/recovery просит ссылку, чтобы его выбрать.
problem-invalid_refresh_token-title = Недействительный токен обновления
problem-invalid_refresh_token = Токен обновления недействителен, истёк или уже использован.
problem-invalid_refresh_token-page = Токен обновления используется один раз. При повторном использовании завершается весь сеанс: копия может быть у кого-то другого. Войдите снова.

problem-invalid_link-title = Недействительная ссылка
problem-invalid_link = Одноразовая ссылка недействительна, истекла или уже использована.
problem-invalid_link-page = Одноразовая ссылка позволяет один раз задать пароль и действует несколько дней. Попросите у администратора новую.

problem-too_many_requests-title = Пока слишком часто
problem-too_many_requests = Это сделано столько раз, сколько пока разрешено. Подождите несколько минут и повторите.
problem-too_many_requests-page = Сколько раз можно ошибиться в пароле, искать по словам и подавать предложения, ограничено, чтобы никто не подбирал пароли и не заваливал тех, кто читает. Заголовок Retry-After указывает, через сколько секунд повторить, RateLimit и RateLimit-Policy — каково ограничение. Кто уже вошёл, остаётся в системе.
problem-busy-title = Сейчас слишком много запросов
problem-busy = Сейчас выполняется много таких запросов. Повторите немного позже.
problem-busy-page = Проверка пароля намеренно занимает время, а файл находится в памяти, пока его не сохранят, поэтому одновременно выполняется лишь ограниченное число таких запросов. Заголовок Retry-After указывает, через сколько секунд повторить.

problem-not_found-title = Не найдено
problem-not_found = Здесь ничего нет или нет ничего, что вам можно видеть.
problem-not_found-page = На то, чего нет, и на то, что видеть нельзя, ответ одинаков: так никто не узнает о существовании скрытого.

problem-gone-title = Больше не публикуется
problem-gone = Это было опубликовано, но больше не является открытым.
problem-gone-page = Доступ сузил податель или секретариат. В ответе указаны номер, день и класс причины; сделанные ранее копии могут существовать.

problem-method_not_allowed-title = Метод не поддерживается
problem-method_not_allowed = У этого ресурса нет такого метода.
problem-method_not_allowed-page = Заголовок Allow перечисляет методы, которые у него есть.

problem-not_acceptable-title = Формат недоступен
problem-not_acceptable = Ни один из запрошенных форматов здесь не предоставляется.
problem-not_acceptable-page = Каждый ресурс доступен в JSON, списки также в других форматах, названных в описании API.

problem-malformed_request-title = Запрос не читается
problem-malformed_request = Запрос не удалось прочитать.
problem-malformed_request-page = Повреждён сам запрос, ещё до рассмотрения его содержания.

problem-malformed_json-title = Не JSON
problem-malformed_json = Тело запроса не является правильным JSON.
problem-malformed_json-page = Тело должно быть одним объектом JSON в UTF-8 без повторяющихся ключей и с вложенностью не более 32 уровней.

problem-unsupported_media_type-title = Тип содержимого не поддерживается
problem-unsupported_media_type = Тип содержимого тела здесь не принимается.
problem-unsupported_media_type-page = Тело передаётся как application/json, изменения методом PATCH как application/merge-patch+json, файл как multipart/form-data там, где операция его принимает.

problem-body_too_large-title = Тело слишком большое
problem-body_too_large = Тело запроса больше допустимого.
problem-body_too_large-page = Тело JSON занимает не более 64 КиБ, файл не более 10 МиБ.

problem-request_timeout-title = Тело не пришло вовремя
problem-request_timeout = Тело запроса не пришло вовремя.
problem-request_timeout-page = Передавайте тело сразу. Соединение, замолчавшее посреди тела, закрывается.

problem-unknown_parameter-title = Неизвестный параметр
problem-unknown_parameter = Параметр запроса здесь неизвестен.
problem-unknown_parameter-page = Неизвестные параметры отклоняются, а не пропускаются: опечатка в фильтре не должна возвращать больше, чем просили.

problem-invalid_parameter-title = Недопустимый параметр
problem-invalid_parameter = Параметр запроса имеет недопустимое значение или повторяется.
problem-invalid_parameter-page = Параметр назван в errors. Несколько значений одного фильтра разделяются запятыми.

problem-invalid_cursor-title = Недействительный курсор
problem-invalid_cursor = Курсор повреждён или относится к другому списку.
problem-invalid_cursor-page = Переходите по ссылкам next и prev без изменений. Курсор действует только с теми фильтрами и порядком, с которыми он создан.

problem-invalid_header-title = Недопустимый заголовок
problem-invalid_header = Заголовок имеет недопустимое значение.
problem-invalid_header-page = Заголовок назван в errors.

problem-precondition_required-title = Нет If-Match
problem-precondition_required = Укажите в If-Match, какую версию вы изменяете.
problem-precondition_required-page = Прочитайте ресурс и передайте его ETag в заголовке If-Match: так ничьё изменение не потеряется.

problem-precondition_failed-title = Изменено за это время
problem-precondition_failed = Ресурс изменился с тех пор, как вы его прочитали.
problem-precondition_failed-page = Прочитайте его снова, посмотрите, что изменилось, и передайте своё изменение с новым ETag.

problem-role_required-title = Нет полномочий
problem-role_required = Ваша роль или ваше участие в этой записи этого не позволяет.
problem-role_required-page = Права определяются ролью учётной записи и отношением её организации к записи. Таблицу переходов выдаёт API.

problem-field_locked-title = Поле сейчас нельзя изменить
problem-field_locked = В текущем статусе это поле изменить нельзя.
problem-field_locked-page = Кто и в каком статусе может менять поле, определяет таблица реестра. Прочитайте запись снова: её статус мог измениться.

problem-not_a_draft-title = Не черновик
problem-not_a_draft = Удалять можно только черновики.
problem-not_a_draft-page = Поданное остаётся в реестре. Его можно отозвать, указав причину, которая будет показана.

problem-move_not_allowed-title = Такого перехода нет
problem-move_not_allowed = Из текущего статуса записи такого перехода нет.
problem-move_not_allowed-page = Возможные следующие статусы и их условия выдаёт API.

problem-status_conflict-title = Не в этом статусе
problem-status_conflict = Статус записи этого не позволяет.
problem-status_conflict-page = Прочитайте запись снова: её статус мог измениться.

problem-not_splittable-title = Эту запись нельзя разделить
problem-not_splittable = Записи этого вида или в этом статусе не делят.
problem-not_splittable-page = Рекомендацию делят, пока она зарегистрирована или на рассмотрении, предложение — пока оно отправлено или на рассмотрении. На что ответили целиком, то остаётся целым, а обязательство орган формулирует сам.

problem-level_fixed-title = Уровень не меняется
problem-level_fixed = Уровень этой записи определяется её статусом и не меняется.
problem-level_fixed-page = Обязательства и рекомендации становятся открытыми по статусу. Уровни, о которых решает податель, есть только у предложений.

problem-level_unchanged-title = Уровень уже такой
problem-level_unchanged = Запрошенный уровень уже установлен.
problem-level_unchanged-page = Ничего не изменено.

problem-identity_wider_than_text-title = Имя шире текста
problem-identity_wider_than_text = Имя подателя не может быть видно шире, чем сам текст.
problem-identity_wider_than_text-page = Сначала расширьте доступ к тексту или сузьте доступ к имени.

problem-consent_required-title = Нет согласия
problem-consent_required = Податель не дал на это согласия.
problem-consent_required-page = Согласие может дать только подавшая организация. Обратитесь к ней: за неё этого не может сделать никто.

problem-second_person_required-title = Нужен второй человек
problem-second_person_required = Это должен подтвердить второй член организации.
problem-second_person_required-page = То, что нельзя вернуть, требует двух человек. Ваше решение записано; завершит его другой член вашей организации.

problem-finding_required-title = Нет независимой оценки
problem-finding_required = Чтобы закрыть запись как исполненную, нужна открытая оценка того, кто за неё не отвечает.
problem-finding_required-page = Одного слова ответственного органа недостаточно. Пока исполнение не подтвердит кто-то другой, запись остаётся с пометкой «сообщено об исполнении».

problem-not_an_assessor-title = Эта организация не может дать оценку
problem-not_an_assessor = Ответственные органы, их вышестоящие и подведомственные органы и другие государственные органы оценку не дают.
problem-not_an_assessor-page = Кто отвечает за исполнение, тот о нём сообщает; оценивают другие. Ответственный орган вносит информацию о ходе исполнения. Секретариат переносит оценку механизма из её документа.

problem-approval_required-title = Нужно утверждение
problem-approval_required = В вашем органе это должен утвердить утверждающий сотрудник.
problem-approval_required-page = Внесите информацию о ходе исполнения с изменением статуса. Когда утверждающий сотрудник вашего органа её опубликует, статус изменится.

problem-closing_notice_required-title = Сначала объявите о закрытии
problem-closing_notice_required = Есть другая оценка: сначала объявите о закрытии и дайте 30 дней на возражения.
problem-closing_notice_required-page = Авторы других оценок могут возразить новой оценкой в течение 30 дней. После этого запись можно закрыть; пока их оценки действуют, она отмечается как оспариваемая.

problem-already_replied-title = Ответ уже дан
problem-already_replied = Орган уже ответил на эту оценку.
problem-already_replied-page = На одну оценку орган отвечает один раз. Новые сведения вносятся как информация о ходе исполнения.
problem-nobody_to_ask-title = Некому задать вопрос
problem-nobody_to_ask = Здесь нет никого, кому можно задать этот вопрос.
problem-nobody_to_ask-page = Ответственным органам вопрос задаётся, когда пункт им направлен, а авторам — если пункт кем-то подан.
problem-no_colleague-title = Поручиться некому
problem-no_colleague = В этой организации никто больше не работает над тем же, поэтому поручиться за человека некому.
problem-no_colleague-page = Новый пароль даётся по слову двух человек: администратора и коллеги. Кто в организации один, возвращается по почте, если реестр её отправляет.
problem-no_mail-title = Реестр не отправляет писем
problem-no_mail = Этот реестр не отправляет писем.
problem-no_mail-page = Кто потерял пароль, просит новый у администратора, а коллегу — поручиться.
problem-already_decided-title = Решение уже принято
problem-already_decided = Решение о передаче уже принято.
problem-already_decided-page = Вопрос или ответ передаётся либо не передаётся один раз. Автор может обратиться заново.
problem-only_submitter-title = Других подателей нет
problem-only_submitter = У предложения не осталось бы подателя.
problem-only_submitter-page = Организация выходит из предложения, поданного вместе с другими. Единственный податель отзывает предложение.
problem-too_many_added-title = Достигнут предел
problem-too_many_added = Ваша организация уже добавила к этому пункту наибольшее допустимое число таких записей.
problem-too_many_added-page = Одна организация добавляет к пункту не более 100 записей одного вида.

problem-update_conflict-title = Этот шаг невозможен
problem-update_conflict = В нынешнем состоянии информации этот шаг невозможен.
problem-update_conflict-page = Информация пишется, передаётся, утверждается или возвращается. Опубликованное исправляется новой информацией, которая на него ссылается.

problem-round_closed-title = Сбор информации закрыт
problem-round_closed = Этот сбор информации закрыт и больше ничего не принимает.
problem-round_closed-page = Информация в рамках сбора, в том числе с опозданием, принимается, пока секретариат его не закроет. Информация вне сбора принимается в любое время.

problem-round_overdue-title = Срок сбора информации истёк
problem-round_overdue = Срок этого сбора информации истёк: запросить в нём больше ничего нельзя.
problem-round_overdue-page = Дополнительная информация запрашивается до истечения срока сбора: иначе орган, которого раньше не спрашивали, сразу значился бы не представившим информацию. Сначала перенесите срок на более поздний день.

problem-lead_request_required-title = Нужна просьба ответственного органа
problem-lead_request_required = Об отзыве должен попросить ответственный орган в информации о ходе исполнения.
problem-lead_request_required-page = Обязательство отзывается, когда об этом просит ответственный орган и подтверждает секретариат, с открытой причиной.

problem-answering_mechanism_required-title = У этого механизма нет ответов
problem-answering_mechanism_required = Процедура этого механизма не предусматривает ответов на рекомендации.
problem-answering_mechanism_required-page = На ответ органу передаются только рекомендации механизмов, чья процедура предусматривает ответы, например Универсального периодического обзора.

problem-link_exists-title = Уже связано
problem-link_exists = Такая связь уже есть.
problem-link_exists-page = Две записи связываются каждым видом связи один раз.

problem-link_cycle-title = Связь образует круг
problem-link_cycle = Эта связь привела бы обратно к началу.
problem-link_cycle-page = Запись не может исполнять, заменять саму себя, отвечать себе или быть своей частью, прямо или через другие.

problem-taken-title = Уже занято
problem-taken = Это значение уже занято.
problem-taken-page = Коды и адреса не повторяются. Выберите другое значение.

problem-idempotency_key_reused-title = Ключ использован для другого запроса
problem-idempotency_key_reused = Этот Idempotency-Key уже использован для другого запроса.
problem-idempotency_key_reused-page = Ключ принадлежит одному запросу и повторяется только с тем же телом. Для нового запроса создайте новый ключ.

problem-protocol_conflict-title = Такой переход протокола невозможен
problem-protocol_conflict = Протокол не может перейти из своего состояния в это.
problem-protocol_conflict-page = Протокол сначала проект, затем разослан, затем утверждён. Разосланный возвращается в проект, если возражение принято.

problem-objections_open-title = Участники ещё могут возразить
problem-objections_open = День, до которого участники могут возразить, ещё не прошёл.
problem-objections_open-page = Разосланный протокол утверждают не раньше следующего за этим дня. Чтобы сократить или продлить срок, верните его в проект и разошлите снова.

problem-objections_unanswered-title = На возражения не отвечено
problem-objections_unanswered = Возражения на протокол ждут ответа.
problem-objections_unanswered-page = До утверждения протокола каждое возражение принимают или отклоняют с пояснением. Чтобы изменить сам протокол, верните его в проект и разошлите снова.

problem-objections_closed-title = Возражения сейчас не принимаются
problem-objections_closed = Возразить на этот протокол сейчас нельзя: он не разослан или названный для возражений день прошёл.
problem-objections_closed-page = Участвовавшие организации возражают со дня рассылки протокола до названного при этом дня.

problem-protocol_approved-title = Протокол утверждён
problem-protocol_approved = Утверждённый протокол не изменяется.
problem-protocol_approved-page = Решённое остаётся таким, как утверждено. Иное может решить следующее заседание.

problem-too_many_uploads-title = Слишком много файлов за час
problem-too_many_uploads = С вашей учётной записи за последний час приложено столько файлов, сколько разрешено.
problem-too_many_uploads-page = Сколько файлов можно приложить за час с одной учётной записи, задано в настройках реестра. Подождите, пока с первого из них пройдёт час.

problem-too_many_files-title = Слишком много файлов к этой записи
problem-too_many_files = Ваша организация приложила к этой записи столько файлов, сколько разрешено.
problem-too_many_files-page = Сколько файлов одна организация прилагает к одной записи, задано в настройках реестра. Документы, опубликованные в другом месте, можно приложить ссылкой.

problem-invalid-title = Поля заполнены неверно
problem-invalid = Некоторые поля не заполнены или имеют недопустимые значения.
problem-invalid-page = В errors каждое поле названо указателем JSON вместе с описанием ошибки.

problem-unavailable-title = Временно недоступно
problem-unavailable = Реестр сейчас не может ответить. Повторите немного позже.
problem-unavailable-page = Заголовок Retry-After указывает, через сколько секунд повторить. Подтверждённое не потеряно.

problem-internal-title = Ошибка программы
problem-internal = Произошла ошибка на нашей стороне. Она записана под идентификатором запроса.
problem-internal-page = Сообщите оператору идентификатор запроса. Ничего из запроса не сохранено частично.

problem-foreign_form-title = Форма не принята
problem-foreign_form = Форма отправлена не со страницы этого реестра, или вы вошли заново после того, как открыли её. Откройте страницу ещё раз и отправьте снова.
problem-foreign_form-page = Страницы принимают формы только этого узла, с меткой, которая следует из сеанса. API форм не принимает.

field-required = Поле обязательно.
field-unknown_field = Здесь это неизвестно.
field-wrong_type = Неверный тип значения.
field-too_long = Длиннее допустимого.
field-too_short = Короче допустимого.
field-too_many = Больше значений, чем допустимо.
field-forbidden_character = Содержит управляющий символ или символ, меняющий направление чтения.
field-unknown_value = Такого значения нет среди известных.
field-invalid_page_size = На странице может быть от 1 до 200 записей, в /ledger/entries — от 1 до 1000.
field-unknown_reference = Такого объекта нет, или его нельзя здесь указать.
field-invalid_date = Это не дата вида 2026-12-31.
field-in_future = Дата ещё не наступила.
field-invalid_url = Это не веб-адрес, начинающийся с https:// или http://.
field-invalid_number = Это не десятичное число вида 39000 или 12.5.
field-invalid_email = Это не адрес электронной почты.
field-invalid_code = Код записан неверно.
field-duplicate = Указано дважды.
field-not_allowed = Здесь это не указывается.
field-contradiction = Противоречит другому полю.
field-too_early = Это можно сделать начиная с завтрашнего дня: одна из записей об этом ещё не внесена в дерево реестра.
field-too_common = Это одно из первых, что пробуют злоумышленники.
field-unsupported_file = Файлы этого вида не принимаются: приложите PDF, JPEG, PNG, WebP, DOCX, XLSX, ODT, ODS либо текст или CSV в кодировке UTF-8. Документ Office, защищённый паролем, к ним не относится.
field-damaged_file = Файл повреждён или передан не полностью.
field-unsafe_file = В файле есть макросы или другие программы, при открытии он загружает что-то извне, он защищён паролем или содержит больше, чем можно проверить.
