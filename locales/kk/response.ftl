# Жауаптың қанша уақыт жоқ екені және жауап беруі тиіс органның басшысына арналған хат. Хат – жоба: оны адам оқиды,
# қол қояды және жібереді. Атаулар мен күндер қос нүктеден кейін тұрады, сондықтан оларға жалғау жалғанбайды.

silence-review = { $days } күн бойы қаралған жоқ
silence-answer = { $days } күн бойы жауап жоқ
silence-confirmation = { $days } күн бойы растау жоқ

response_letter-subject = { $ref } — { $silence }
response_letter-addressee = Басшысына хат жазылатын ұйым: { $body }
response_letter-opening-review = «{ $platform }» платформасында ұсыныс хатшылықтың қарауына берілді. Ол әлі қаралған жоқ.
response_letter-opening-answer = «{ $platform }» платформасында сіздің ұйымыңызға жауап беру үшін мәселе жолданды. Жауап келіп түскен жоқ.
response_letter-opening-confirmation = «{ $platform }» платформасында сіздің ұйымыңыздың атынан міндеттеме жарияланды. Ол расталған да, қабылданбаған да жоқ.
response_letter-fact-ref = Нөмірі: { $ref }
response_letter-fact-title = Атауы: { $title }
response_letter-fact-since = Күтіле бастаған күні: { $since }
response_letter-fact-due = Мерзімі: { $due }
response_letter-fact-silence = Бүгінгі жағдай: { $silence }
response_letter-fact-url = Мекенжайы: { $url }
response_letter-request-review = Ұсыныстың жауапты органға берілуін немесе себебі көрсетіліп, берген ұйымға қайтарылуын қамтамасыз етуіңізді сұраймыз.
response_letter-request-answer = Платформада жауап беруіңізді немесе жауаптың қашан берілетінін және оған кім жауапты екенін хабарлауыңызды сұраймыз.
response_letter-request-confirmation = Міндеттемені мерзімін көрсетіп растауыңызды, түзетуіңізді немесе себебін көрсетіп бас тартуыңызды сұраймыз.
response_letter-meeting = Оған дейін мәселе жауапсыз қалған деп көрсетіледі және келесі отырыстың тізіміне енгізіледі.
