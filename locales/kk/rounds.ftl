# Есеп жинау беттері.
rounds-title = Есеп жинау
rounds-lead = Хатшылық органдардан олар жауап беретін істер бойынша есеп сұрайды. Мерзімінде берілмеген есептер де көрсетіледі.
rounds-none = Есеп жинау әлі ашылмаған.
rounds-new = Есеп жинауды ашу
rounds-new_lead = Әр органнан оның орындалудағы және барлық тіркелгі оқи алатын міндеттемелері мен ұсынымдары бойынша есеп сұралады. Бұл туралы оған бірден хабарланады.
rounds-name = Атауы
rounds-name_hint = Бос қалдыруға болады: онда кезеңі бойынша аталады.
rounds-due = Мерзімі:
rounds-due_head = Есеп тапсыру мерзімі
rounds-due_hint = Есеп уақытында берілді деп саналатын соңғы күн.
rounds-period = Кезең:
rounds-state = Жағдайы
rounds-asked = Сұралды
rounds-received = Алынды
rounds-late = Кешіккен
rounds-was_late = кешігіп
rounds-bodies = Органдар бойынша
rounds-body = Мемлекеттік орган
rounds-bodies_hint = Орындалудағы ештеңесі жоқ органнан сұрауға болмайды.
rounds-nothing_to_ask = бойынша сұрайтын ештеңе жоқ.
rounds-table = Не сұралды
rounds-all = Барлығы
rounds-all_bodies = Барлық органдар
rounds-item = Жазба
rounds-standing = Нәтижесі
rounds-report = Есеп
rounds-fill = Кестемізді толтыру
rounds-fill_lead = Әр жазбаға бір жол. Толтырылғаны тапсырылады, бос қалғаны кейінге қалады.
rounds-nothing_owed = Мұнда есеп беретін ештеңе қалмады.
rounds-is_closed = Бұл есеп жинау жабылды, енді есеп қабылданбайды.
rounds-hand_in = Толтырылғанын тапсыру
rounds-paste_title = Кестеден жолдарды қою
rounds-pasted = Жолдар
rounds-paste_hint = Бағандарды мына ретпен көшіріңіз: жазба нөмірі, күйі, не істелді, құжат. Күйі мен құжаты бос болуы мүмкін. Жолдар тексерілгенін көргенше ештеңе тапсырылмайды.
rounds-check = Жолдарды тексеру
rounds-checked = Тексеру
rounds-row_right = Дұрыс
rounds-not_asked = Мұндай жазба бойынша органыңыздан мұнда есеп сұралмаған немесе ол тапсырылған.
rounds-hand_in_right = Дұрыс жолдарды тапсыру
rounds-mend = Түзетіп, қайта тексеру
rounds-change = Есеп жинауды өзгерту
rounds-reason_hint = Басқа мерзім қою және қайта ашу үшін қажет.
rounds-close = Есеп жинауды жабу
rounds-reopen = Қайта ашу
rounds-ask_more = Тағы органдардан сұрау
round_state-open = Ашық
round_state-closed = Жабық
report_standing-received = Алынды
report_standing-released = Енді сұралмайды
report_standing-awaited = Күтілуде
report_standing-not_received = Алынбады
field_name-period_from = Кезеңнің басы
field_name-period_to = Кезеңнің соңы
field_name-organisations = Есеп сұралатын органдар
field_name-document = Құжат
done-round_opened = Есеп жинау ашылды, органдарға хабарланды.
done-round_changed = Есеп жинау өзгертілді.
done-round_closed = Есеп жинау жабылды.
done-round_reopened = Есеп жинау қайта ашылды.
done-round_asks_more = Тағы органдардан сұралды.
done-nothing_filled = Бірде-бір жол толтырылмаған.
rounds-right = { $count ->
    *[other] { $number } жол дұрыс.
    }
rounds-wrong = { $count ->
    *[other] { $number } жолда қате бар: олар тапсырылмайды.
    }
rounds-left_out = { $count ->
    *[other] { $number } жол оқылмады: бір жолы 200 жол оқылады.
    }
rounds-twice = Бұл жазба жоғарыдағы жолда бар.
