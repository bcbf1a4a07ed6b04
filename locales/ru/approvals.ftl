# Что ждёт утверждающего.
approvals-title = На утверждение
approvals-nothing = Ничто не ждёт утверждения.
approvals-lead = Отчёты вашего органа, которых пока не видит никто другой. Первыми стоят те, что ждут дольше всех. Утверждённый отчёт публикуется сразу, вместе со статусом.
approvals-not_yours = Эти отчёты вашего органа ждут утверждающего. Больше их пока никто не видит.
approvals-handed_in = Сдано:
approvals-as_of = на дату:
approvals-unchanged = Остаётся прежним
approvals-no_evidence = Документ не назван.
approvals-last = Последний опубликованный отчёт
approvals-corrected = Исправляемый отчёт
approvals-choose = Утвердить { $ref } вместе с другими
approvals-approve = Утвердить и опубликовать
approvals-approve_chosen = Утвердить все отмеченные
approvals-return = Вернуть с причиной
approvals-reason_hint = Её прочтёт только ваш орган.
approvals-send_back = Вернуть
done-report_sent_back = Отчёт возвращён.
done-nothing_chosen = Ничего не отмечено.
approvals-approved = { $count ->
    [one] Утверждён { $number } отчёт.
    [few] Утверждено { $number } отчёта.
    *[other] Утверждено { $number } отчётов.
    }
approvals-failed = { $count ->
    [one] Не получилось с { $number } отчётом:
    *[other] Не получилось с { $number } отчётами:
    }
