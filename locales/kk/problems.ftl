# Тізілім сұрауды неге орындамады: әр кодқа тақырып, бір сөйлем және түсіндірме,
# өрістің әр қатесіне бір сөйлем. Кодтар бағдарламадағыдай.

problem-page-title = Тізілімнің жауабы
problem-page-status = HTTP күйі { $status }, коды { $code }

problem-unauthenticated-title = Жүйеге кірмегенсіз
problem-unauthenticated = Бұл әрекет үшін жүйеге кіріңіз.
problem-unauthenticated-page = Сұрау үшін есептік жазба қажет. Жүйеге кіріп, қатынау токенін Authorization тақырыбында Bearer сөзінен кейін жіберіңіз.

problem-invalid_token-title = Қатынау токені жарамсыз
problem-invalid_token = Қатынау токені жарамсыз, мерзімі өткен немесе оның сеансы аяқталған.
problem-invalid_token-page = Қатынау токені бірнеше минут қана жарамды. Жаңарту токенімен жаңасын алыңыз немесе қайта кіріңіз.

problem-invalid_credentials-title = Кіруге рұқсат берілмеді
problem-invalid_credentials = Мекенжай мен құпиясөз сәйкес келмейді немесе бұл есептік жазбамен кіруге болмайды.
problem-invalid_credentials-page = Мекенжай белгісіз, құпиясөз қате немесе есептік жазба өшірілген болса да жауап бірдей: кімнің есептік жазбасы бар екенін ешкім білмеуі үшін.

problem-second_factor_required-title = Код жетіспейді
problem-second_factor_required = Мекенжай мен құпиясөз дұрыс. Бұл тіркелгіге қолданбаның коды да керек.
problem-second_factor_required-page = Кодты мекенжай және құпиясөзбен бірге totp өрісінде жіберіңіз: қолданба көрсететін алты сан немесе қосалқы код.
problem-second_factor_missing-title = Алдымен екінші фактор керек
problem-second_factor_missing = Мұндай рөлі бар тіркелгілер екінші фактормен кіреді. Жалғастыру үшін оны қосыңыз.
problem-second_factor_missing-page = Тізілім мұндай рөлі бар тіркелгілерден екінші факторды талап етеді. GET /me/second-factor оның қосулы-қосулы емесін көрсетеді; POST /me/second-factor қолданбаны қосуды бастайды, POST /me/passkeys/challenges кіру кілтін қосады; кіру кілті бар адам сонымен кіреді.
problem-confirmation_missing-title = Алдымен тіркелгіні әріптес растауы керек
problem-confirmation_missing = Хатшылықтағы әріптес тіркелгіні растамайынша, оған ешкім кірмейді.
problem-confirmation_missing-page = Хатшылықтағы әріптестен тіркелгіні әріптестер бетінде немесе POST /users/…/confirmation арқылы растауды сұраңыз. Ешкім қалмаса, мұны серверге қызмет көрсететін адам командалық жолдан жасайды.
problem-invalid_second_factor-title = Код сәйкес келмейді
problem-invalid_second_factor = Бұл екінші фактордың коды емес немесе ол бұрын пайдаланылған. Қолданба 30 секунд сайын жаңа код көрсетеді.
problem-invalid_second_factor-page = Код 30 секунд жарамды және бір-ақ рет қолданылады, қосалқы код та солай. Сағат жарты минуттан артық қате болса, кодтар дұрыс шықпайды.
problem-session_required-title = Тек өзіңіз
problem-session_required = Токені бар бағдарлама тек адамның өзі жасай алатынды сұрап тұр.
problem-session_required-page = Құпиясөзді, екінші факторды, сеанстар мен токендерді мекенжаймен және құпиясөзбен кірген адамның өзі өзгертеді.
problem-scope_required-title = Токен тек оқуға арналған
problem-scope_required = Бұл токенмен оқуға болады, жазуға болмайды.
problem-scope_required-page = Ауқымы write болатын токен жасаңыз немесе жүйеге кіріңіз.
problem-too_many_tokens-title = Токендер тым көп
problem-too_many_tokens = Тіркелгіде рұқсат етілгенше токен бар. Керек емесін тоқтатыңыз.
problem-too_many_tokens-page = Бір тіркелгіде бір мезгілде 20-дан артық токен болмайды.
problem-second_factor_conflict-title = Екінші фактор қазір басқа күйде
problem-second_factor_conflict = Екінші фактор қосулы тұр немесе жалғастыратын ештеңе жоқ.
problem-second_factor_conflict-page = Құпия екінші фактор өшірулі кезде ғана жасалып, бір рет расталады. Басқа қолданбаға көшу үшін оны өшіріңіз.
problem-passkey_required-title = Кіру кілтімен кіріңіз
problem-passkey_required = Бұл тіркелгіге құпиясөздің өзі жеткіліксіз. Кіру кілтіңізбен кіріңіз.
problem-passkey_required-page = Тізілім бұл тіркелгіден екінші факторды талап етеді, ал оның кіру кілттері бар, аутентификатор қолданбасы жоқ. POST /auth/passkey-challenges арқылы бастаңыз.
problem-invalid_passkey-title = Кіру кілті қабылданбады
problem-invalid_passkey = Құрылғының жауабы мұнда жарамайды немесе кеш келді. Қайта бастаңыз.
problem-invalid_passkey-page = Ол осы сеанстың сұрауына бес минут ішінде жауап беруге, осы сайтта, құрылғы тексерген адамға жасалуға және әлі ешкімдікі болмауға тиіс. ES256 және EdDSA қабылданады.
problem-no_passkeys-title = Мұнда кіру кілттері жоқ
problem-no_passkeys = Бұл тізілімнің мекенжайында браузерлер кіру кілттерін қолданбайды.
problem-no_passkeys-page = Кіру кілттері https арқылы ашылатын доменге тиесілі. Сандардан тұратын мекенжайда олар жоқ; өз машинаңызда http://localhost жарайды.
problem-too_many_passkeys-title = Кіру кілттері тым көп
problem-too_many_passkeys = Рұқсат етілгенше кіру кілтіңіз бар. Керек емесін жойыңыз.
problem-too_many_passkeys-page = Бір тіркелгіде бір мезгілде 10-нан артық кіру кілті болмайды.
problem-last_second_factor-title = Бұл соңғысы
problem-last_second_factor = Бұл тіркелгіде екінші фактор болуға тиіс, ал бұл кіру кілті жалғыз. Алдымен басқасын қосыңыз немесе қолданбаны қосыңыз.
problem-last_second_factor-page = Құпиясөздің өзімен енді ешкім кіре алмас еді. POST /me/passkeys/challenges басқа кіру кілтін қосады; POST /me/second-factor қолданбаны қосуды бастайды.
problem-sign_in_expired-title = Тым кеш
problem-sign_in_expired = Кіру қадамдарының арасында тым көп уақыт өтті немесе кіру басқа браузерде басталған. Қайта кіріңіз.
problem-sign_in_expired-page = Қадамдардың арасында он минут бар, әрқайсысы бір рет жарайды, бұл уақытта құпиясөз өзгермеуге тиіс.
problem-identity_provider_unavailable-title = Кіру қызметі жауап бермейді
problem-identity_provider_unavailable = Сіз кіретін қызметке қазір қосылу мүмкін емес немесе ол тиісінше жауап бермейді. Сәл кейін қайталаңыз немесе мекенжай мен құпиясөз арқылы кіріңіз.
problem-identity_provider_unavailable-page = Кіру қызметі уақытында жауап бермеді немесе оның өзі туралы мәліметі жарамайды. Нақты себебі тізілімнің журналында.
problem-identity_refused-title = Ешкім кірмеді
problem-identity_refused = Кіру қызметі ешкімді кіргізбеді немесе бұл тізілімде кірген адамға тіркелгі жоқ. Тіркелгіңіз болса, мекенжай мен құпиясөз арқылы кіріп, қызметті тіркелгіңіздің бетінде қосыңыз.
problem-identity_refused-page = Белсенді тіркелгіге қосылған тұлғамен ғана кіруге болады. Қандай тіркелгілер бары ешкімге айтылмайды.
problem-identity_conflict-title = Қосылып қойған
problem-identity_conflict = Бұл тұлға бір тіркелгіге қосылған немесе тіркелгіңіздің осы қызметте тұлғасы бар.
problem-identity_conflict-page = Тұлға бір тіркелгінікі, ал тіркелгінің әр қызметте бір тұлғасы болады. Алдымен барын жойыңыз.
problem-no_identity_provider-title = Кіру қызметі жоқ
problem-no_identity_provider = Бұл тізілімге сыртқы қызмет арқылы кірмейді.
problem-no_identity_provider-page = Оны openid.issuer баптауы атайды.
problem-last_way_in-title = Басқа кіру жолы жоқ
problem-last_way_in = Тіркелгіңізде құпиясөз жоқ, бұл байланыссыз ешкім кіре алмас еді. Алдымен құпиясөз таңдаңыз: оны ұмытқандай сұраңыз.
problem-last_way_in-page = Тек сыртқы қызмет арқылы кірген тіркелгіде құпиясөз болмайды. POST /auth/recovery оны таңдайтын сілтеме сұрайды.
problem-invalid_refresh_token-title = Жаңарту токені жарамсыз
problem-invalid_refresh_token = Жаңарту токені жарамсыз, мерзімі өткен немесе бұрын пайдаланылған.
problem-invalid_refresh_token-page = Жаңарту токені бір рет қана пайдаланылады. Екінші рет пайдаланылса, бүкіл сеанс аяқталады: оның көшірмесі басқа біреуде болуы мүмкін. Қайта кіріңіз.

problem-invalid_link-title = Сілтеме жарамсыз
problem-invalid_link = Бір реттік сілтеме жарамсыз, мерзімі өткен немесе бұрын пайдаланылған.
problem-invalid_link-page = Бір реттік сілтемемен құпиясөз бір рет қойылады, ол бірнеше күн жарамды. Әкімшіден жаңасын сұраңыз.

problem-too_many_requests-title = Әзірге тым жиі
problem-too_many_requests = Бұл әзірге рұқсат етілгенше рет жасалды. Бірнеше минут күтіп, қайталаңыз.
problem-too_many_requests-page = Құпиясөзді неше рет қате енгізуге, сөз бойынша іздеуге және ұсыныс беруге болатыны шектелген: ешкім құпиясөз таңдап таппасын, оқитындарды көміп тастамасын. Retry-After тақырыбы неше секундтан кейін қайталау керегін, RateLimit пен RateLimit-Policy шектеудің қандай екенін көрсетеді. Кіріп қойған адам жүйеде қалады.
problem-busy-title = Қазір сұраулар тым көп
problem-busy = Қазір мұндай сұраулар көп орындалып жатыр. Сәл кейінірек қайталаңыз.
problem-busy-page = Құпиясөзді тексеру әдейі баяу жасалған, ал файл сақталғанша жадта тұрады, сондықтан мұндай сұраулардың шектеулі саны ғана қатар орындалады. Retry-After тақырыбы неше секундтан кейін қайталау керегін көрсетеді.

problem-not_found-title = Табылмады
problem-not_found = Мұнда ештеңе жоқ немесе сізге көруге болатын ештеңе жоқ.
problem-not_found-page = Жоқ нәрсеге де, көруге болмайтын нәрсеге де жауап бірдей: жасырын нәрсенің бар екенін ешкім білмеуі үшін.

problem-gone-title = Енді жария емес
problem-gone = Бұл жарияланған болатын, бірақ қазір ашық емес.
problem-gone-page = Қолжетімділікті жіберуші немесе хатшылық тарылтқан. Жауапта нөмірі, күні және себептің түрі көрсетіледі; бұрын жасалған көшірмелері болуы мүмкін.

problem-method_not_allowed-title = Әдіске рұқсат жоқ
problem-method_not_allowed = Бұл ресурста мұндай әдіс жоқ.
problem-method_not_allowed-page = Allow тақырыбында оның бар әдістері аталады.

problem-not_acceptable-title = Пішім қолжетімді емес
problem-not_acceptable = Сіз қабылдайтын пішімдердің ешқайсысы мұнда берілмейді.
problem-not_acceptable-page = Әр ресурс JSON түрінде беріледі; тізімдер API сипаттамасында аталған басқа пішімдерде де беріледі.

problem-malformed_request-title = Сұрау оқылмады
problem-malformed_request = Сұрауды оқу мүмкін болмады.
problem-malformed_request-page = Мазмұнына қарамай тұрып, сұраудың өзі бүлінген.

problem-malformed_json-title = JSON емес
problem-malformed_json = Сұраудың денесі дұрыс JSON емес.
problem-malformed_json-page = Сұраудың денесі UTF-8 кодындағы бір JSON нысаны болуы тиіс: кілттер қайталанбайды, кірістірілу деңгейі 32-ден аспайды.

problem-unsupported_media_type-title = Мазмұн түріне қолдау жоқ
problem-unsupported_media_type = Сұрау денесінің мазмұн түрі мұнда қабылданбайды.
problem-unsupported_media_type-page = Сұрау денесі application/json түрінде, PATCH әдісімен өзгерту application/merge-patch+json түрінде, файл оны қабылдайтын операцияда multipart/form-data түрінде жіберіледі.

problem-body_too_large-title = Сұрау денесі тым үлкен
problem-body_too_large = Сұрау денесінің көлемі рұқсат етілгеннен асады.
problem-body_too_large-page = JSON денесінің көлемі 64 КиБ-тан, файлдың көлемі 10 МиБ-тан аспайды.

problem-request_timeout-title = Сұрау денесі уақытында келмеді
problem-request_timeout = Сұраудың денесі уақытында келмеді.
problem-request_timeout-page = Сұрау денесін бірден жіберіңіз. Ортасында үнсіз қалған байланыс үзіледі.

problem-unknown_parameter-title = Белгісіз параметр
problem-unknown_parameter = Сұрау параметрі мұнда белгісіз.
problem-unknown_parameter-page = Белгісіз параметрлер еленбей қалмайды, қабылданбайды: сүзгідегі қате сұралғаннан артық қайтармауы тиіс.

problem-invalid_parameter-title = Параметр жарамсыз
problem-invalid_parameter = Сұрау параметрінің мәні жарамсыз немесе параметр қайталанған.
problem-invalid_parameter-page = Параметр errors ішінде аталады. Бір сүзгінің бірнеше мәні үтірмен бөлінеді.

problem-invalid_cursor-title = Курсор жарамсыз
problem-invalid_cursor = Курсор бүлінген немесе басқа тізімге тиесілі.
problem-invalid_cursor-page = next және prev сілтемелерін өзгертпей пайдаланыңыз. Курсор өзі жасалған сүзгілер мен ретке ғана жарайды.

problem-invalid_header-title = Тақырып жарамсыз
problem-invalid_header = Тақырыптың мәні жарамсыз.
problem-invalid_header-page = Тақырып errors ішінде аталады.

problem-precondition_required-title = If-Match жоқ
problem-precondition_required = Қай нұсқаны өзгертетініңізді If-Match тақырыбында көрсетіңіз.
problem-precondition_required-page = Ресурсты оқып, оның ETag мәнін If-Match тақырыбында жіберіңіз: сонда ешкімнің өзгерісі жоғалмайды.

problem-precondition_failed-title = Осы уақыт ішінде өзгерген
problem-precondition_failed = Сіз оқығаннан бері ресурс өзгерген.
problem-precondition_failed-page = Оны қайта оқып, не өзгергенін қараңыз да, өзгерісіңізді жаңа ETag мәнімен жіберіңіз.

problem-role_required-title = Өкілеттік жоқ
problem-role_required = Сіздің рөліңіз немесе осы жазбаға қатысыңыз бұған рұқсат бермейді.
problem-role_required-page = Кімге не істеуге болатыны есептік жазбаның рөлінен және ұйымның жазбаға қатысынан туындайды. Ауысулар кестесін API береді.

problem-field_locked-title = Өрісті қазір өзгертуге болмайды
problem-field_locked = Қазіргі күйінде бұл өрісті өзгертуге болмайды.
problem-field_locked-page = Қай өрісті қай күйде кім өзгерте алатыны тізілім кестесінде белгіленген. Жазбаны қайта оқыңыз: күйі өзгерген болуы мүмкін.

problem-not_a_draft-title = Жобалық нұсқа емес
problem-not_a_draft = Жобалық нұсқаларды ғана жоюға болады.
problem-not_a_draft-page = Жіберілген жазба тізілімде қалады. Оны көрсетілетін себеппен кері қайтарып алуға болады.

problem-move_not_allowed-title = Мұндай ауысу жоқ
problem-move_not_allowed = Жазбаның қазіргі күйінен мұндай ауысу жоқ.
problem-move_not_allowed-page = Келесі мүмкін күйлерді және олардың шарттарын API береді.

problem-status_conflict-title = Бұл күйде болмайды
problem-status_conflict = Жазбаның күйі бұған рұқсат бермейді.
problem-status_conflict-page = Жазбаны қайта оқыңыз: күйі өзгерген болуы мүмкін.

problem-not_splittable-title = Бұл жазбаны бөлуге болмайды
problem-not_splittable = Мұндай түрдегі немесе мұндай күйдегі жазбалар бөлінбейді.
problem-not_splittable-page = Ұсыным тіркелген немесе қаралудағы кезде, ұсыныс жіберілген немесе қаралудағы кезде бөлінеді. Тұтас жауап берілгені тұтас қалады, ал міндеттемені орган өзі тұжырымдайды.

problem-level_fixed-title = Деңгей өзгермейді
problem-level_fixed = Бұл жазбаның деңгейі оның күйімен анықталады, оны өзгертуге болмайды.
problem-level_fixed-page = Міндеттемелер мен ұсынымдар күйіне қарай ашық болады. Жіберуші шешетін деңгейлер тек ұсыныстарда бар.

problem-level_unchanged-title = Деңгей онсыз да сондай
problem-level_unchanged = Сұралған деңгей қазірдің өзінде қойылған.
problem-level_unchanged-page = Ештеңе өзгертілген жоқ.

problem-identity_wider_than_text-title = Атау мәтіннен кең
problem-identity_wider_than_text = Жіберушінің атауы мәтіннің өзінен кеңірек көрінбейді.
problem-identity_wider_than_text-page = Алдымен мәтінге қолжетімділікті кеңейтіңіз немесе атауға қолжетімділікті тарылтыңыз.

problem-consent_required-title = Келісім жоқ
problem-consent_required = Жіберуші бұған келісім бермеген.
problem-consent_required-page = Келісімді тек жіберген ұйым бере алады. Сол ұйымнан сұраңыз: оның орнына ешкім келісім бере алмайды.

problem-second_person_required-title = Екінші адам растауы тиіс
problem-second_person_required = Мұны ұйымның екінші мүшесі растауы тиіс.
problem-second_person_required-page = Қайтаруға болмайтын әрекетке екі адам керек. Сіздің шешіміңіз жазылды; оны ұйымыңыздың басқа мүшесі аяқтайды.

problem-finding_required-title = Тәуелсіз бағалау жоқ
problem-finding_required = Жазбаны орындалды деп жабу үшін оған жауапты емес тараптың ашық бағалауы қажет.
problem-finding_required-page = Жауапты органның сөзі ғана жеткіліксіз. Орындалғанын басқа тарап растағанша, жазба «орындалғаны хабарланды» күйінде қалады.

problem-not_an_assessor-title = Бұл ұйым баға бере алмайды
problem-not_an_assessor = Жауапты органдар, олардың жоғары тұрған және ведомстволық бағынысты органдары және басқа мемлекеттік органдар баға бермейді.
problem-not_an_assessor-page = Орындауға жауапты орган ол туралы ақпарат береді; бағаны басқалар береді. Жауапты орган орындалу барысы туралы ақпарат енгізеді. Хатшылық тетіктің бағасын оның құжатынан көшіреді.

problem-approval_required-title = Бекіту қажет
problem-approval_required = Сіздің органыңызда мұны бекітуші қызметкер бекітуі тиіс.
problem-approval_required-page = Мәртебені өзгертумен бірге орындалу барысы туралы ақпарат енгізіңіз. Оны органыңыздың бекітуші қызметкері жариялағанда мәртебе өзгереді.

problem-closing_notice_required-title = Алдымен жабу туралы хабарлаңыз
problem-closing_notice_required = Басқа баға бар: алдымен жабу туралы хабарлап, қарсылық білдіруге 30 күн беріңіз.
problem-closing_notice_required-page = Басқа баға бергендер 30 күн ішінде жаңа баға арқылы қарсылық білдіре алады. Содан кейін жазбаны жабуға болады; олардың бағалары күшінде тұрғанда жазба даулы деп белгіленеді.

problem-already_replied-title = Жауап берілген
problem-already_replied = Орган бұл бағаға жауап берген.
problem-already_replied-page = Орган бір бағаға бір рет жауап береді. Жаңа мәліметтер орындалу барысы туралы ақпарат ретінде енгізіледі.
problem-nobody_to_ask-title = Сұрақ қоятын ешкім жоқ
problem-nobody_to_ask = Мұнда бұл сұрақты қоюға болатын ешкім жоқ.
problem-nobody_to_ask-page = Жауапты органдарға сұрақ тармақ оларға жолданғаннан кейін, ал авторларға тармақты біреу берген болса қойылады.
problem-no_colleague-title = Кепілдік беретін ешкім жоқ
problem-no_colleague = Бұл ұйымда дәл сол іспен айналысатын басқа адам жоқ, сондықтан кепілдік беретін ешкім жоқ.
problem-no_colleague-page = Жаңа құпиясөз екі адамның сөзімен беріледі: әкімші мен әріптес. Ұйымда жалғыз адам, егер тізілім пошта жіберсе, пошта арқылы қайта кіреді.
problem-no_mail-title = Тізілім хат жібермейді
problem-no_mail = Бұл тізілім хат жібермейді.
problem-no_mail-page = Құпиясөзін жоғалтқан адам жаңасын әкімшіден, ал кепілдікті әріптесінен сұрайды.
problem-already_decided-title = Шешім қабылданған
problem-already_decided = Мұны жеткізу туралы шешім қабылданып қойған.
problem-already_decided-page = Сұрақ немесе жауап бір рет жеткізіледі немесе жеткізілмейді. Авторы қайтадан жүгіне алады.
problem-only_submitter-title = Басқа жіберуші жоқ
problem-only_submitter = Ұсыныстың жіберушісі қалмас еді.
problem-only_submitter-page = Ұйым басқалармен бірге жіберген ұсыныстан шыға алады. Жалғыз жіберуші ұсынысты кері қайтарып алады.
problem-too_many_added-title = Шекке жетті
problem-too_many_added = Ұйымыңыз бұл тармаққа мұндай жазбалардың рұқсат етілген ең көп санын қосып қойған.
problem-too_many_added-page = Бір ұйым тармаққа бір түрдегі 100-ден аспайтын жазба қосады.

problem-update_conflict-title = Бұл қадам мүмкін емес
problem-update_conflict = Ақпараттың қазіргі күйінде бұл қадам мүмкін емес.
problem-update_conflict-page = Ақпарат жазылады, тапсырылады, бекітіледі немесе қайтарылады. Жарияланғаны оған сілтеме жасайтын жаңа ақпаратпен түзетіледі.

problem-round_closed-title = Ақпарат жинау жабық
problem-round_closed = Бұл ақпарат жинау жабылған және енді ештеңе қабылдамайды.
problem-round_closed-page = Жинау шеңберіндегі ақпарат, оның ішінде кешіккені де, хатшылық оны жапқанға дейін қабылданады. Жинаудан тыс ақпарат кез келген уақытта қабылданады.

problem-round_overdue-title = Ақпарат жинау мерзімі өтті
problem-round_overdue = Бұл ақпарат жинаудың мерзімі өтті: енді ештеңе сұратылмайды.
problem-round_overdue-page = Қосымша ақпарат жинау мерзімі өткенге дейін сұратылады: әйтпесе бұрын сұралмаған орган бірден ақпарат бермеген болып көрінер еді. Алдымен мерзімді кейінгі күнге ауыстырыңыз.

problem-lead_request_required-title = Жауапты органның өтініші қажет
problem-lead_request_required = Кері қайтарып алуды жауапты орган орындалу барысы туралы ақпаратта сұрауы тиіс.
problem-lead_request_required-page = Міндеттеме жауапты орган сұрап, хатшылық растағанда, ашық себеппен кері қайтарып алынады.

problem-answering_mechanism_required-title = Бұл тетікте жауаптар жоқ
problem-answering_mechanism_required = Бұл тетіктің рәсімі ұсынымдарға жауап беруді көздемейді.
problem-answering_mechanism_required-page = Органға жауап беру үшін рәсімі жауаптарды көздейтін тетіктердің ұсынымдары ғана жіберіледі, мысалы, Әмбебап мерзімді шолудың.

problem-link_exists-title = Байланыс бар
problem-link_exists = Мұндай байланыс бұрыннан бар.
problem-link_exists-page = Екі жазба әр байланыс түрімен бір рет қана байланысады.

problem-link_cycle-title = Байланыс тұйықталады
problem-link_cycle = Бұл байланыс бастапқы орнына қайтып келеді.
problem-link_cycle-page = Жазба тікелей немесе басқалар арқылы өзін-өзі орындай, алмастыра, өзіне жауап бере немесе өзінің бөлігі бола алмайды.

problem-taken-title = Бос емес
problem-taken = Бұл мән бұрыннан бар.
problem-taken-page = Кодтар мен мекенжайлар қайталанбайды. Басқасын таңдаңыз.

problem-idempotency_key_reused-title = Кілт басқа сұрауға пайдаланылған
problem-idempotency_key_reused = Бұл Idempotency-Key басқа сұрауға пайдаланылған.
problem-idempotency_key_reused-page = Кілт бір сұрауға тиесілі және тек сол денемен қайталанады. Жаңа сұрауға жаңа кілт жасаңыз.

problem-protocol_conflict-title = Хаттаманың мұндай ауысуы жоқ
problem-protocol_conflict = Хаттама өз күйінен бұл күйге өте алмайды.
problem-protocol_conflict-page = Хаттама алдымен жоба болады, содан кейін таратылады, одан соң бекітіледі. Қарсылық ескерілсе, таратылған хаттама жобаға қайтады.

problem-objections_open-title = Қатысушылар әлі қарсылық білдіре алады
problem-objections_open = Қатысушылар қарсылық білдіре алатын күн әлі өткен жоқ.
problem-objections_open-page = Таратылған хаттама сол күннен кейінгі күннен ерте бекітілмейді. Мерзімді қысқарту немесе ұзарту үшін хаттаманы жобаға қайтарып, қайтадан таратыңыз.

problem-objections_unanswered-title = Қарсылықтарға жауап берілмеген
problem-objections_unanswered = Хаттамаға қарсылықтар жауап күтіп тұр.
problem-objections_unanswered-page = Хаттама бекітілгенге дейін әр қарсылық түсіндірмесімен қабылданады немесе қабылданбайды. Хаттаманың өзін өзгерту үшін оны жобаға қайтарып, қайтадан таратыңыз.

problem-objections_closed-title = Қарсылықтар қазір қабылданбайды
problem-objections_closed = Бұл хаттамаға қазір қарсылық білдіруге болмайды: ол таратылмаған немесе қарсылыққа белгіленген күн өтіп кеткен.
problem-objections_closed-page = Қатысқан ұйымдар қарсылықты хаттама таратылған күннен бастап сол кезде белгіленген күнге дейін білдіреді.

problem-protocol_approved-title = Хаттама бекітілген
problem-protocol_approved = Бекітілген хаттама өзгертілмейді.
problem-protocol_approved-page = Шешім бекітілген күйінде қалады. Кейінгі отырыс басқаша шешуі мүмкін.

problem-too_many_uploads-title = Бір сағат ішінде файлдар тым көп
problem-too_many_uploads = Сіздің есептік жазбаңыздан соңғы бір сағатта рұқсат етілгенше файл қоса берілген.
problem-too_many_uploads-page = Бір есептік жазбадан бір сағатта неше файл қоса беруге болатыны тізілім баптауларында көрсетіледі. Олардың алғашқысынан бері бір сағат өткенше күтіңіз.

problem-too_many_files-title = Бұл жазбада файлдар тым көп
problem-too_many_files = Сіздің ұйымыңыз бұл жазбаға рұқсат етілгенше файл қоса берген.
problem-too_many_files-page = Бір ұйым бір жазбаға неше файл қоса беретіні тізілім баптауларында көрсетіледі. Басқа жерде жарияланған құжаттарды сілтеме түрінде қоса беруге болады.

problem-invalid-title = Өрістер қате толтырылған
problem-invalid = Кейбір өрістер толтырылмаған немесе мәндері жарамсыз.
problem-invalid-page = errors ішінде әр өріс JSON көрсеткішімен аталып, қатесі айтылады.

problem-unavailable-title = Уақытша қолжетімсіз
problem-unavailable = Тізілім қазір жауап бере алмайды. Сәл кейінірек қайталаңыз.
problem-unavailable-page = Retry-After тақырыбы неше секундтан кейін қайталау керегін көрсетеді. Расталған өзгерістер жоғалмайды.

problem-internal-title = Бағдарлама қатесі
problem-internal = Біздің тараптан қате кетті. Ол сұрау идентификаторымен жазып алынды.
problem-internal-page = Операторға сұрау идентификаторын айтыңыз. Сұраудан ештеңе жартылай сақталған жоқ.

problem-foreign_form-title = Нысан қабылданбады
problem-foreign_form = Нысан осы тізілімнің бетінен жіберілмеген немесе ол ашылғаннан кейін сіз қайта кірдіңіз. Бетті қайта ашып, тағы бір рет жіберіңіз.
problem-foreign_form-page = Беттер тек осы хосттың нысандарын, сеанстан туындайтын белгімен ғана қабылдайды. API нысан қабылдамайды.

field-required = Міндетті түрде толтырылады.
field-unknown_field = Бұл мұнда белгісіз.
field-wrong_type = Мәннің түрі қате.
field-too_long = Рұқсат етілгеннен ұзын.
field-too_short = Рұқсат етілгеннен қысқа.
field-too_many = Мәндердің саны рұқсат етілгеннен көп.
field-forbidden_character = Басқару таңбасы немесе оқу бағытын өзгертетін таңба бар.
field-unknown_value = Белгілі мәндердің қатарында жоқ.
field-invalid_page_size = Бір бетте 1-ден 200-ге дейін жазба болады, /ledger/entries бетінде — 1-ден 1000-ға дейін.
field-unknown_reference = Мұндай нысан жоқ немесе оны мұнда көрсетуге болмайды.
field-invalid_date = Бұл 2026-12-31 түріндегі күн емес.
field-in_future = Бұл күн әлі келген жоқ.
field-invalid_url = Бұл https:// немесе http:// деп басталатын веб-мекенжай емес.
field-invalid_number = Бұл 39000 немесе 12.5 түріндегі ондық сан емес.
field-invalid_email = Бұл электрондық пошта мекенжайы емес.
field-invalid_code = Код дұрыс жазылмаған.
field-duplicate = Екі рет көрсетілген.
field-not_allowed = Бұл мұнда көрсетілмейді.
field-contradiction = Басқа өріске қайшы келеді.
field-too_early = Мұны ертеңнен бастап жасауға болады: бұл туралы жазбалардың бірі тізілім ағашына әлі енгізілген жоқ.
field-too_common = Бұл шабуылдаушылар алдымен байқап көретіндердің бірі.
field-unsupported_file = Мұндай файлдар қабылданбайды: PDF, JPEG, PNG, WebP, DOCX, XLSX, ODT, ODS немесе UTF-8 кодталған мәтін не CSV қоса беріңіз. Құпиясөзбен қорғалған Office құжаты бұларға жатпайды.
field-damaged_file = Файл бүлінген немесе толық жіберілмеген.
field-unsafe_file = Файлда макростар немесе басқа бағдарламалар бар, ашылғанда ол сырттан бірдеңе жүктейді, құпиясөзбен қорғалған немесе тексеруге болатыннан көп нәрсе қамтиды.
