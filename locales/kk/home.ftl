# Бірінші бет.

home-title = Азаптауға қарсы кім не уәде етті және ол орындалды ма?
home-description = БҰҰ мен ұлттық тетіктердің ұсынымдары, азаматтық қоғамның ұсыныстары және мемлекеттік органдардың азаптауға қарсы міндеттемелері: кім нені қашанға дейін орындауға тиіс және оның орындалғанын кім айтады.
home-kind_recommendation = { $count ->
    *[other] { $number } ұсыным
    }
home-kind_commitment = { $count ->
    *[other] { $number } міндеттеме
    }
home-kind_proposal = { $count ->
    *[other] { $number } ұсыныс
    }
home-intro = { $count ->
    *[other] { $number } жазба. Әрқайсысы бойынша: кім нені қашанға дейін орындауға тиіс, жауапты орган не орындалды дейді және басқалар нені анықтады.
    }
home-open = әлі орындалуға тиіс
home-overdue = мерзімі өткен
home-claimed = орган орындалды дейді
home-confirmed = басқалар орындалғанын растады
home-differing = ұстанымдар әртүрлі
home-differing_title = Ұстанымдар әртүрлі жазбалар
home-differing_about = Жауапты орган орындалды дейді, ал басқа біреу орындалмағанын анықтады.
home-standing = Қазіргі күйі
home-standing_sentence = { $moving } жазба қабылданып, орындалып жатыр; { $claimed } жазба бойынша жауапты орган орындалды дейді.
home-group_waiting = Жауап күтілуде
home-group_moving = Орындалу үстінде
home-group_claimed = Орындалды делінген
home-group_ended = Жабылған немесе аяқталған
home-bodies = Жауапты орган бойынша
home-bodies_about = Әр орган осы жазбаларға жауапты. Сандар қалай есептелетіні органның бетінде.
home-trend = Жылдар бойынша
home-trend_sentence = Осы жылдары { $filed } жазба енгізілді, { $done } жазба орындалды делінді.
home-trend_filed = { $year } жылы енгізілген
home-trend_done = { $year } жылы орындалды делінген
home-filed = Енгізілген
home-done = Орындалды делінген
home-changed = Соңғы өзгерістер
home-all = Соңғы өзгерісі бойынша бәрі
chart-table = Дәл осы деректер кесте түрінде
chart-count = Саны
chart-total = Барлығы
chart-year = Жыл
