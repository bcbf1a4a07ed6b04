# Отырысты дайындау: күн тәртібі, шешімдер, хаттама.
building-new = Жаңа отырыс
building-title = Күн тәртібі мен хаттама
building-details = Отырыс туралы мәліметтер
building-code_hint = Бас әріптер, цифрлар және дефистер, мысалы MT-2026-02.
building-up = Жоғары
building-down = Төмен
building-remove = Алып тастау
building-edit_line = Мәселе мен оның хаттамасын өзгерту
building-items_hint = Жазбалардың нөмірлері үтір арқылы: P-2026-0004, C-2026-0001.
building-decision = Осы мәселе бойынша шешім жазу
building-decision_alone = Мәселесіз шешім жазу
building-decision_hint = Хаттама бекітілгенде ол сол органның жарияланған міндеттемесіне айналады және осы мәселенің жазбаларын орындайды.
building-decide = Шешімді жазу
building-decision_word = Шешім
building-implements = Орындайды:
building-line = Күн тәртібіне мәселе қосу
building-add = Қосу
building-carry = Бұрынғы отырыстардан қалғандар
building-put = Күн тәртібіне енгізу
building-attended = { $count ->
    *[other] { $number } ұйым қатысты
    }
building-circulate = Таратып жіберу
building-circulate_hint = Сонда қатысқандар оны оқиды және осы күнге дейін қарсылық білдіре алады.
building-approve = Хаттаманы бекіту
building-approve_hint = Бекіту шешімдерді жариялап, әрқайсысынан міндеттеме жасайды. Оны қайтаруға болмайды.
building-take_back = Жобалық нұсқаға қайтару
building-objections = Қарсылықтар
building-answer = Қарсылыққа жауап
building-outcome = Одан не шығады
done-meeting = Отырыс өзгертілді.
field_name-code = Код
field_name-held_on = Күні
field_name-held_until = Соңғы күні, бірнеше күн болса
field_name-items = Жазбалар
field_name-protocol_text = Хаттамада не айтылған
field_name-text = Мәтін
field_name-implements = Ол орындайтын жазбалар
field_name-objections_until = Қарсылықтар мерзімі
field_name-outcome = Одан не шығады
field_name-answer = Жауап

# Таратылған хаттама.
protocol-title = Хаттаманы оқып, қарсылық білдіру
protocol-own = Ұйымыңыздың қарсылықтары
protocol-object = Қарсылық білдіру
protocol-about = Ол не туралы
protocol-whole = Тұтас хаттама
protocol-text = Не дұрыс емес
protocol-name = Хатшылық ұйымымның атауын білсін
done-objected = Қарсылығыңыз хатшылықта. Хаттама бекітілгенге дейін оған жауап берілуі тиіс.
