# Ұйымдар және әрқайсысы бойынша есептелетін сандар.
organisations-title = Ұйымдар
organisations-about = Жауап беретін органдар, бағалайтын институттар, ұсыныс енгізетін ұйымдар.
organisations-description = { $name }: азаптауға қарсы нені қашанға дейін орындауға тиіс және басқалар нені анықтады.
organisations-inactive = енді қатыспайды
organisations-part_of = Құрамында:
organisations-former = Бұрынғы атауы:
organisations-led = ол жауапты
organisations-by_status = Орындайтыны, күйі бойынша
organisations-figures = Жауапты жазбалары бойынша көрсеткіштер
organisations-figures_about = Әр сан сіз көре алатын жазбаларды ғана есептейді және тізімге апарады.
organisations-what = Не
organisations-measure = Көрсеткіш
organisations-of = Не бойынша
organisations-days = { $days } күн
organisations-days_late = Мерзімнен кешігудің медианасы
organisations-slippage = Мерзімді кейінге шегерудің медианасы
organisations-answered = Жауап берілгені
organisations-days_to_answer = Алғашқы жауапқа дейінгі күннің медианасы
organisations-assessed = Басқалар бағалағаны
organisations-fresh = Соңғы жарты жылда жаңалығы бары
organisations-reported = Соңғы кезеңде алынған есептер
organisations-last = Соңғы рет күйін хабарлаған жазбасы:
organisations-named = { $count ->
    *[other] Қатысы бар жазбалардың бәрі: { $number }
    }
organisation_kinds-state_body = Мемлекеттік органдар
organisation_kinds-independent = Тәуелсіз институттар
organisation_kinds-civil_society = Азаматтық қоғам
organisation_kinds-international = Халықаралық ұйымдар
