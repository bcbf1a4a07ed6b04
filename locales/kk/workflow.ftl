# Тізілім ұғымдарының атаулары: бағдарлама білетін әр мәнге коды бойынша бір атау.

# Кім жібергені жасырылғанда: бәріне бір тіркес, сонда жазбаларды ол арқылы ажырату мүмкін емес.
hidden_filer = Атауы қорғалған ұйым

# Жазба түрлері.
kind-proposal = Ұсыныс
kind-commitment = Міндеттеме
kind-recommendation = Ұсыным

# Күйлер.
status-draft = Жобалық нұсқа
status-submitted = Жіберілді
status-returned = Қайтарылды
status-registered = Тіркелді
status-announced = Жарияланды
status-under_review = Қаралуда
status-accepted = Қабылданды
status-partly_accepted = Ішінара қабылданды
status-declined = Қабылданбады
status-noted = Назарға алынды
status-planned = Жоспарланды
status-in_progress = Орындалуда
status-reported_done = Орындалғаны хабарланды
status-closed = Жабылды
status-withdrawn = Кері қайтарып алынды
status-merged = Біріктірілді
status-superseded = Алмастырылды

# Жабу нәтижелері.
closing_result-implemented = Орындалды
closing_result-partly_implemented = Ішінара орындалды
closing_result-not_implemented = Орындалмады
closing_result-overtaken = Өзектілігін жоғалтты

# Деңгейлер, тардан кеңге қарай.
level-own = Жіберген ұйымдар
level-secretariat = Сондай-ақ хатшылық
level-addressed = Сондай-ақ аталған органдар
level-members = Сондай-ақ министрліктерді қоса, барлық қатысушылар
level-public = Барлығы

# Өлшемдер.
axis-text = Мәтін
axis-identity = Кім жібергені
consent_kind-text = Мәтін деңгейге дейін
consent_kind-identity = Атау деңгейге дейін
consent_kind-merge = Басқа жазбамен біріктіру

# Рөлдер.
role-ngo_member = ҮЕҰ мүшесі
role-officer = Органның орындаушысы
role-approver = Бекітуші
role-secretariat = Хатшылық
role-observer = Байқаушы
role-admin = Әкімші

# Ұйым түрлері.
organisation_kind-state_body = Мемлекеттік орган
organisation_kind-independent = Тәуелсіз институт
organisation_kind-civil_society = Азаматтық қоғам
organisation_kind-international = Халықаралық ұйым

# Жауаптылардың рөлдері.
owner_role-lead = Жауапты орган
owner_role-co = Бірлесіп орындаушы
owner_role-oversight = Орындалуын бақылау

# Байланыс түрлері.
link_kind-implements = Орындайды
link_kind-answers = Жауап береді
link_kind-repeats = Қайталайды
link_kind-duplicates = Дәл келеді
link_kind-part_of = Бөлігі болып табылады
link_kind-supersedes = Алмастырады
link_kind-relates_to = Байланысты

# Ауысуды кім жасайды.
mover-submitter = Жіберуші
mover-lead = Жауапты орган
mover-secretariat = Хатшылық

# Ауысуға не қажет.
need-reason = Себеп
need-lead = Жауапты орган
need-consent = Жіберушінің келісімі
need-answer = Күні көрсетілген жауап
need-due_on = Орындау мерзімі немесе оның жоқтығының себебі
need-evidence = Растайтын құжаттар
need-source = Қай жерде жарияланғаны
need-new_source = Қабылданбағаннан басқа дереккөз
need-closing_result = Жабу нәтижесі
need-closing_result_without_implementation = Жабу нәтижесі: өзектілігін жоғалтты немесе орындалмады
need-target = Біріктірілетін жазба
need-merge_consent = Әр жіберушінің біріктіруге келісімі
need-successor = Оны алмастыратын жазба немесе құжат
need-lead_request = Жауапты органның өтініші
need-answering_mechanism = Рәсімі жауаптарды көздейтін тетік

# Өзгертілетін өрістер.
item_field-text = Мәтін
item_field-translation = Аудармалар
item_field-addressees = Кімге арналғаны
item_field-classification = Тақырыптар мен сілтемелер
item_field-due = Орындау мерзімі
item_field-information_due_on = Ақпарат беру мерзімі
item_field-source = Дереккөз
item_field-followup = Кейінгі шаралар
item_field-priority = Басымдық
item_field-drafters = Жобалық нұсқаны бірге жазушылар

# Растайтын құжат түрлері.
evidence_kind-link = Сілтеме
evidence_kind-named = Аталған, бірақ қоса берілмеген
evidence_kind-file = Қоса берілген файл

# Құжат не айтады.
evidence_relation-supports = Растайды
evidence_relation-contradicts = Қайшы келеді
evidence_relation-context = Жалпы мәлімет береді

# Отырыс түрлері.
meeting_kind-plenary = Жалпы отырыс
meeting_kind-subgroup = Кіші топтың отырысы

# Хаттама күйлері.
protocol_state-draft = Жоба
protocol_state-circulated = Таратылды
protocol_state-approved = Бекітілді

# Күннің дәлдігі.
precision-day = Күн
precision-month = Ай
precision-quarter = Тоқсан
precision-half_year = Жартыжылдық
precision-year = Жыл

# Аударма күйлері.
translation_state-human = Адам аударған
translation_state-machine = Машиналық аударма
translation_state-unreviewed = Тіл иесі әлі тексермеген
translation_state-missing = Аудармасы әзірге жоқ

# Оқырманның жазбаға қатысы.
relation-anonymous = Кез келген адам, сондай-ақ әкімші
relation-member = Кез келген қатысушы
relation-addressed = Аталған органдар
relation-secretariat = Хатшылық
relation-submitter = Жіберуші

# Анықтамалықтар.
vocabulary-themes = Тақырыптар
vocabulary-legal_refs = Құқықтық сілтемелер
vocabulary-groups = Қатысты адамдар топтары
vocabulary-sdg_targets = Тұрақты даму мақсаттарының міндеттері
vocabulary-mechanisms = Тетіктер
vocabulary-findings = Бағалар, басқа шкалалардағы сәйкестігімен
vocabulary-law_stages = Заңның кезеңдері

# Жазба нені күтеді.
response_clock-review = Хатшылықтың қарауы
response_clock-answer = Жауапты органның жауабы
response_clock-confirmation = Жауапты органның растауы

# Үнсіздіктің деңгейі және не істелгені.
response_step-due_soon = Мерзімі жақын
response_step-overdue = Мерзімі өткен
response_step-letter_drafted = Орган басшысына хат дайындалды
response_step-listed_for_meeting = Келесі отырыстың тізімінде
response_step-letter_sent = Хат жіберілді

# Белгілер бойынша тізімдердегі жазба: хатшылық белгілеген бе, мерзімі өткен бе, мәтінін кім оқиды.
priority-false = Басымдығы жоқ
priority-true = Басым
overdue-false = Мерзімі өтпеген
overdue-true = Мерзімі өткен
text_level-own = Тек ұсынған ұйымдар
text_level-secretariat = Хатшылықты қоса алғанда
text_level-addressed = Аталған органдарды қоса алғанда
text_level-members = Барлық тіркелгіні қоса алғанда
text_level-public = Баршасы
