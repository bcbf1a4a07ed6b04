# Органның жұмысы және бірнеше жазба бойынша бір есеп.
work-due_soon = Мерзімі 7 күн ішінде
work-due_this_month = Мерзімі осы айда
work-for_approval = Бекітуіңізді күтуде
work-waits_for_approval = Бекітушіңізді күтуде
work-unfinished = Қайтарылған есептер мен жобалық нұсқалар
work-asked_by_rounds = Бізден сұралған есептер
bulk-title = Бірнеше жазба бойынша бірден есеп беру
bulk-items = Есеп берілетін жазбалар
bulk-all = Бәрін белгілеу
bulk-none = Белгілерді алып тастау
bulk-stays = Әрқайсысының күйі өзгермейді
bulk-narrative_hint = Белгіленген жазбалардың әрқайсысына осы абзац жазылады.
bulk-waits = Әр есепті алдымен органыңыздың бекітушісі оқиды.
bulk-at_once = Есептер органыңыздың атынан бірден жарияланады.
field_name-item = Жазбалар
work-owed = { $count ->
    *[other] Тағы { $number } есеп тапсыру керек
    }
bulk-made = { $count ->
    *[other] { $number } есеп тапсырылды.
    }
bulk-failed = { $count ->
    *[other] { $number } есеп қабылданбады; себебі әрқайсысының жанында көрсетілген.
    }
