# Бекітушіні күткен есептер.
approvals-title = Бекітуге
approvals-nothing = Бекітуді күткен есеп жоқ.
approvals-lead = Органыңыздың әзірге басқа ешкім оқымайтын есептері. Ең көп күткендері бірінші тұрады. Бекітілген есеп күйімен бірге бірден жарияланады.
approvals-not_yours = Органыңыздың бұл есептері бекітушіні күтуде. Оларды әзірге басқа ешкім оқымайды.
approvals-handed_in = Тапсырылды:
approvals-as_of = күні:
approvals-unchanged = Өзгеріссіз қалады
approvals-no_evidence = Құжат аталмаған.
approvals-last = Соңғы жарияланған есеп
approvals-corrected = Түзетілетін есеп
approvals-choose = { $ref } басқалармен бірге бекітілсін
approvals-approve = Бекітіп, жариялау
approvals-approve_chosen = Белгіленгендердің бәрін бекіту
approvals-return = Себебін көрсетіп қайтару
approvals-reason_hint = Оны тек сіздің органыңыз оқиды.
approvals-send_back = Қайтару
done-report_sent_back = Есеп қайтарылды.
done-nothing_chosen = Ештеңе белгіленбеген.
approvals-approved = { $count ->
    *[other] { $number } есеп бекітілді.
    }
approvals-failed = { $count ->
    *[other] { $number } есеп осында қалды:
    }
