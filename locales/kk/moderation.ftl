# Берілген және хатшылықты күтіп тұрғандар.
queue-title = Кезек
queue-case = Қаралатын ұсыныс
queue-empty = Күтіп тұрған ештеңе жоқ.
queue-waiting = { $count ->
    *[other] { $number } ұсыныс күтуде.
    }
queue-days = { $count ->
    *[other] { $number } күн
    }
queue-signs = Жеке адам аталуы мүмкін
queue-alike = Тізілімде ұқсасы бар
queue-returned = { $count ->
    *[other] { $number } ұсыныс қайтарылды және авторларында
    }
queue-level = Енді оны кім оқиды?
queue-no_consent = Авторы оны тек хатшылық оқуына келіскен. Авторы көбірегіне келіспейінше, оны беруге болмайды. Осы сұрақпен қайтарыңыз.
queue-else = Немесе
queue-item = Оны жазба ретінде көру
done-passed_on = Берілді. Органның жауап беру мерзімі бүгіннен басталады.
field_name-level = Оны кім оқиды
field_name-looked = Мәтінді қарап шыққаныңыз
