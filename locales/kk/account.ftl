# Тіркелгінің өз беттері.
account-title = Менің тіркелгім
account-organisation = Ұйым
account-role = Рөлі
account-name = Аты-жөні
account-language = Маған жазылатын тіл
account-password = Құпиясөз
account-current = Қазіргі құпиясөз
account-change_password = Құпиясөзді өзгерту
account-sessions = Қайда кіргенмін
account-sessions_about = Мекенжай да, құрылғы да сақталмайды: тек күні.
account-session_since = Мына күннен:
account-this_session = осы сеанс
account-end_session = Аяқтау
account-end_others = Басқаларын аяқтау
done-account_changed = Тіркелгіңіз өзгертілді.
done-password_changed = Құпиясөз өзгертілді. Сіз тек осы жерде кірген күйде қаласыз.
done-session_ended = Аяқталды.
done-followed = Енді сіз мұны бақылайсыз, не болғаны сізге хабарланады.
done-unfollowed = Сіз мұны енді бақыламайсыз.
follows-title = Мен бақылайтындар
follows-none = Сіз әзірге ештеңені бақыламайсыз. Ұсыныс енгізген адам оны және оны орындайтынды ештеңе істемей-ақ бақылайды.
follows-stop = Бақылауды тоқтату
follows-follow = Бақылау
notifications-title = Хабарламалар
notifications-none = Әзірге сізге хабарланатын ештеңе болған жоқ.
notifications-mark = Бәрін оқылды деп белгілеу
notifications-new = Жаңа
notifications-why = Себебі:
notifications-older = Бұрынғылары
notification_reason-approves = сіздің бекітуіңізді күтіп тұр
notification_reason-wrote = оны сіз жаздыңыз
notification_reason-submitted = оны ұйымыңыз енгізді
notification_reason-implements_submitted = ол ұйымыңыз енгізгенді орындайды
notification_reason-asked = ұйымыңыздан есеп сұралады
notification_reason-owns = оған ұйымыңыз жауап береді
notification_reason-follows = сіз оны бақылайсыз
second_factor-title = Екінші фактор
second_factor-is_on = Кіргенде құпиясөзге қоса қолданбаның коды сұралады.
second_factor-is_off = Кіргенде тек құпиясөз сұралады.
second_factor-change = Өзгерту
second_factor-about = Екінші фактор қосылса, құпиясөзіңізді біліп алған адам да сіздің атыңыздан кіре алмайды. Телефонға не компьютерге аутентификатор қолданбасы керек: алты саннан код беретін кез келгені жарайды. Оған интернет қажет емес.
second_factor-begin = Қолданбаны қосу
second_factor-scan = Осы суретті қолданбамен сканерлеңіз.
second_factor-picture = Қолданбаға арналған QR-код
second_factor-typing = Немесе мына құпияны қолданбаға теріңіз. Ол тек қазір көрсетіледі.
second_factor-first_code = Қолданба қазір көрсетіп тұрған код
second_factor-confirm = Қосу
second_factor-recovery = Қосалқы кодтарыңыз
second_factor-recovery_about = Қолданбадан айырылып қалсаңыз, әр код оның орнына сізді бір рет кіргізеді. Олар тек қазір көрсетіледі: басып шығарыңыз немесе жазып алыңыз, телефоннан бөлек сақтаңыз.
second_factor-kept = Кодтар сақталды
second_factor-code = Кодыңыз
second_factor-renew = Жаңа қосалқы кодтар
second_factor-renew_button = Жаңаларын жасау
second_factor-remove = Екінші факторды өшіру
second_factor-remove_button = Өшіру
second_factor-left = { $count ->
    [one] { $number } қосалқы код қалды.
   *[other] { $number } қосалқы код қалды.
}
done-second_factor_removed = Екінші фактор өшірілді. Сіз тек осы жерде кірген күйде қаласыз.
done-second_factor_missing = Бұл тізілім тіркелгіңізден екінші факторды талап етеді. Қолданбаны қоссаңыз, қалғанының бәрі ашылады.
tokens-title = Бағдарламаларға арналған токендер
tokens-short = Бағдарлама сіздің атыңыздан өз токенімен жүгінеді.
tokens-manage = Токен жасау және тоқтату
tokens-about = Токені бар бағдарлама сіз оқитынды оқиды, рұқсат берілсе, сіз жасайтынды да жасайды: көшірме, кесте, ұйымыңыздың жүйесі. Ол құпиясөзіңізді, екінші факторыңызды, сеанстарыңызды, токендеріңізді ешқашан өзгертпейді. Керек болмай қалса, токенді тоқтатыңыз.
tokens-made = Жаңа токен
tokens-made_about = Ол тек қазір көрсетіледі. Оны алған адам сіздің атыңыздан әрекет етеді: құпиясөздей сақтаңыз.
tokens-since = жасалған күні
tokens-until = жарамды мерзімі
tokens-used = соңғы рет пайдаланылған
tokens-unused = пайдаланылмаған
tokens-end = Тоқтату
tokens-new = Жаңа токен жасау
tokens-label = Не үшін керек
tokens-label_hint = Осы сөздер бойынша оны танисыз.
tokens-scope = Оған не рұқсат
tokens-days = Қандай мерзімге
tokens-make = Токенді жасау
tokens-of_days = { $count ->
    [one] { $number } күн
   *[other] { $number } күн
}
done-token_ended = Токен тоқтатылды.
token_scope-read = Мен оқитынды оқу
token_scope-write = Маған рұқсат етілгенді оқу және жазу
colleagues-title = Әріптестер
colleagues-short = Ұйымыңыз атынан тағы кім әрекет етеді, кім сіздің сөзіңізді күтіп тұр және кімнің кіруін жабу керек.
colleagues-manage = Әріптестерді көру
colleagues-waiting = { $count ->
    [one] { $number } адам сіздің сөзіңізді күтіп тұр.
   *[other] { $number } адам сіздің сөзіңізді күтіп тұр.
}
colleagues-about = Бұл адамдар мұнда сіз көретінді көреді және сіз жасайтынды жасайды. Кеткен немесе құрылғысы не құпиясөзі бөгде қолға түсуі мүмкін адамның кіруін бірден жабыңыз.
colleagues-none = Сізден басқа ешкім әрекет етпейді.
colleagues-you_unconfirmed = Әріптесіңіз тіркелгіңізді әлі растаған жоқ. Оған дейін мұнда сізге ешкім көрсетілмейді және ұйымыңыз ғана көретінді көрмейсіз.
colleagues-since = тіркелген күні
colleagues-unconfirmed = әріптестің сөзін күтуде
colleagues-confirm = Растау
colleagues-confirm_about = Бұл тіркелгі жаңа. Адамның ұйымыңыздан екенін білсеңіз ғана растаңыз: содан кейін ол мұнда сіз оқитынды оқиды.
colleagues-vouch = Ол мұны менен өзі сұрады
colleagues-vouch_about = Әкімшіден осы тіркелгіге жаңа құпиясөз сұралды; ондағы сілтеме сіздің сөзіңізден кейін жарамды болады. Адамның өзінен бетпе-бет не дауыстап сұраңыз, кез келген адам жаза алатын хабармен емес.
colleagues-lock_out = Кіруін жабу…
colleagues-lock_out_about = Оның барлық сеанстары бірден аяқталады, ол енді кіре алмайды. Тек ол жазып жүрген жобалар сізге өтеді. Кіруін әкімші қайта ашады, сонда әріптес тіркелгіні растауы керек.
colleagues-lock_out_now = Қазір жабу
done-colleague_confirmed = Тіркелгі расталды.
done-colleague_vouched = Кепілдік бердіңіз. Сілтеме енді жарамды.
done-colleague_out = Кіруі жабылды.
