# Тіркелгілер немен жұмыс істейді және жазбамен не істеуге болады.
frame-own_ways = Сіздің жұмысыңыз
work-title = Менің жұмысым
work-nothing = Мұнда ештеңе жоқ.
work-all = Толық тізім
work-drafts = Жобалық нұсқалар мен қайтарылғандар
work-filed = Ұйымым бергендер
work-disagreement = Ұстанымдар әртүрлі жерлер
work-overdue = Мерзімі өткендер
work-to_answer = Біздің жауапты күтуде
work-of_organisation = Біз жауап беретіндер
work-submitted = Берілді, қарауды күтуде
work-overdue_all = Барлық органдардың мерзімі өткендері
work-reported_done = Орындалды деп хабарланғандар
work-changed = Соңғы өзгерістер
doing-title = Не істей аласыз
done-moved = Жазылды.
done-filed = Берілді. Түбіртекті сақтаңыз: ол бергеніңізді кейін дәлелдейді.

# Жылжытуды жасайтындар оны қалай атайды.
move-submitted = Беру
move-returned = Түзетуге қайтару
move-under_review = Органға жіберу
move-accepted = Қабылдау
move-partly_accepted = Ішінара қабылдау
move-declined = Қабылдамау
move-noted = Назарға алу
move-closed = Жабу
move-withdrawn = Кері қайтарып алу
move-merged = Басқасымен біріктіру
move-superseded = Оны не алмастыратынын көрсету
move-planned = Мерзімімен растау
move-announced = Жариялау
move-registered = Тіркеу
move-in_progress = Жұмыс басталғанын хабарлау
move-reported_done = Орындалды деп хабарлау
move-reopen = Қайта ашу
