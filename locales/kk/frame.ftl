# Әр беттің айналасында тұратын нәрсе.

frame-language = Қазақша
frame-languages = Тіл
frame-skip = Мазмұнға өту
frame-demonstration = Ашық дереккөздерден жинақталған көрсетілім. Бұл ресми тізілім емес.
frame-ways = Тізілім бөлімдері
frame-about_ways = Тізілім туралы
frame-home = Шолу
frame-items = Ұсынымдар мен міндеттемелер
frame-meetings = Отырыстар
frame-organisations = Ұйымдар
frame-search = Сөз немесе нөмір бойынша іздеу
frame-search_button = Іздеу
frame-sign_in = Кіру
frame-sign_out = Шығу
frame-foot = Мұндағы ашық деректің бәрін тіркелгісіз оқуға, дәйексөз алуға және дерек түрінде жүктеп алуға болады.
frame-data_of = { $day } жағдай бойынша.
frame-ledger = Журналдың қол қойылған басы
frame-checkpoint = { $count ->
    *[other] { $number } жазба
    }
failure-request = Сұраным нөмірі: { $id }
failure-home = Шолу
failure-items = Барлық ұсынымдар мен міндеттемелер
done-signed_out = Сіз шықтыңыз.
done-password_chosen = Құпиясөз таңдалды. Енді онымен кіріңіз.
frame-trail = Сіз осындасыз
