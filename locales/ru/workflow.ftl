# Названия понятий реестра: по одному для каждого известного программе значения, по его коду.

# Кто подал, если это скрыто: одна фраза для всех, чтобы записи нельзя было различить по ней.
hidden_filer = Организация, имя которой защищено

# Виды записей.
kind-proposal = Предложение
kind-commitment = Обязательство
kind-recommendation = Рекомендация

# Статусы.
status-draft = Черновик
status-submitted = Отправлено
status-returned = Возвращено
status-registered = Зарегистрировано
status-announced = Объявлено
status-under_review = На рассмотрении
status-accepted = Принято
status-partly_accepted = Принято частично
status-declined = Отклонено
status-noted = Принято к сведению
status-planned = Запланировано
status-in_progress = Исполняется
status-reported_done = Сообщено об исполнении
status-closed = Закрыто
status-withdrawn = Отозвано
status-merged = Объединено
status-superseded = Заменено

# Результаты закрытия.
closing_result-implemented = Исполнено
closing_result-partly_implemented = Исполнено частично
closing_result-not_implemented = Не исполнено
closing_result-overtaken = Утратило актуальность

# Уровни, от узкого к широкому.
level-own = Подавшие организации
level-secretariat = А также секретариат
level-addressed = А также названные органы
level-members = А также все участники, включая министерства
level-public = Все

# Оси.
axis-text = Текст
axis-identity = Кто подал
consent_kind-text = Текст до уровня
consent_kind-identity = Имя до уровня
consent_kind-merge = Объединение с другой записью

# Роли.
role-ngo_member = Член НПО
role-officer = Исполнитель органа
role-approver = Утверждающий
role-secretariat = Секретариат
role-observer = Наблюдатель
role-admin = Администратор

# Виды организаций.
organisation_kind-state_body = Государственный орган
organisation_kind-independent = Независимый институт
organisation_kind-civil_society = Гражданское общество
organisation_kind-international = Международная организация

# Роли ответственных.
owner_role-lead = Ответственный орган
owner_role-co = Соисполнитель
owner_role-oversight = Контроль исполнения

# Виды связей.
link_kind-implements = Исполняет
link_kind-answers = Отвечает на
link_kind-repeats = Повторяет
link_kind-duplicates = Совпадает с
link_kind-part_of = Является частью
link_kind-supersedes = Заменяет
link_kind-relates_to = Связано с

# Кто выполняет переход.
mover-submitter = Податель
mover-lead = Ответственный орган
mover-secretariat = Секретариат

# Что нужно для перехода.
need-reason = Причина
need-lead = Ответственный орган
need-consent = Согласие подателя
need-answer = Ответ с датой
need-due_on = Срок исполнения или причина его отсутствия
need-evidence = Подтверждающие документы
need-source = Где об этом объявлено
need-new_source = Иной источник, чем отклонённый
need-closing_result = Результат закрытия
need-closing_result_without_implementation = Результат закрытия: утратило актуальность или не исполнено
need-target = Запись, с которой она объединяется
need-merge_consent = Согласие каждого подателя на объединение
need-successor = Запись или документ, которые её заменяют
need-lead_request = Просьба ответственного органа
need-answering_mechanism = Механизм, процедура которого предусматривает ответы

# Изменяемые поля.
item_field-text = Текст
item_field-translation = Переводы
item_field-addressees = Адресаты
item_field-classification = Темы и ссылки
item_field-due = Срок исполнения
item_field-information_due_on = Срок представления информации
item_field-source = Источник
item_field-followup = Последующие меры
item_field-priority = Приоритет
item_field-drafters = Соавторы черновика

# Виды подтверждающих документов.
evidence_kind-link = Ссылка
evidence_kind-named = Назван, но не приложен
evidence_kind-file = Приложенный файл

# О чём говорит документ.
evidence_relation-supports = Подтверждает
evidence_relation-contradicts = Противоречит
evidence_relation-context = Даёт контекст

# Виды заседаний.
meeting_kind-plenary = Пленарное заседание
meeting_kind-subgroup = Заседание подгруппы

# Состояния протокола.
protocol_state-draft = Проект
protocol_state-circulated = Разослан
protocol_state-approved = Утверждён

# Точность даты.
precision-day = День
precision-month = Месяц
precision-quarter = Квартал
precision-half_year = Полугодие
precision-year = Год

# Состояния перевода.
translation_state-human = Переведено человеком
translation_state-machine = Машинный перевод
translation_state-unreviewed = Ещё не проверено носителем языка
translation_state-missing = Перевода пока нет

# Кем является читатель для записи.
relation-anonymous = Любой, а также администратор
relation-member = Любой участник
relation-addressed = Названные органы
relation-secretariat = Секретариат
relation-submitter = Податель

# Справочники.
vocabulary-themes = Темы
vocabulary-legal_refs = Правовые ссылки
vocabulary-groups = Затронутые группы людей
vocabulary-sdg_targets = Задачи Целей устойчивого развития
vocabulary-mechanisms = Механизмы
vocabulary-findings = Оценки, с соответствием другим шкалам
vocabulary-law_stages = Стадии закона

# Чего ожидает запись.
response_clock-review = Рассмотрение секретариатом
response_clock-answer = Ответ ответственного органа
response_clock-confirmation = Подтверждение ответственным органом

# Насколько обострилось молчание и что сделано.
response_step-due_soon = Срок истекает
response_step-overdue = Просрочено
response_step-letter_drafted = Подготовлено письмо руководителю органа
response_step-listed_for_meeting = В перечне следующего заседания
response_step-letter_sent = Письмо отправлено

# Чем запись является в списках по признакам: отмечена ли секретариатом, просрочена ли, кто читает её текст.
priority-false = Без приоритета
priority-true = Приоритет
overdue-false = Не просрочено
overdue-true = Просрочено
text_level-own = Только подавшие организации
text_level-secretariat = До секретариата включительно
text_level-addressed = До названных органов включительно
text_level-members = До всех учётных записей включительно
text_level-public = Все
