# Сколько времени нет ответа, и письмо руководителю органа, от которого он ожидается. Письмо – проект: его читает,
# подписывает и отправляет человек. Названия и даты стоят после двоеточия, чтобы ничего не приходилось склонять.

silence-review = { $days ->
    [one] не рассмотрено { $days } день
    [few] не рассмотрено { $days } дня
   *[other] не рассмотрено { $days } дней
 }
silence-answer = { $days ->
    [one] нет ответа { $days } день
    [few] нет ответа { $days } дня
   *[other] нет ответа { $days } дней
 }
silence-confirmation = { $days ->
    [one] нет подтверждения { $days } день
    [few] нет подтверждения { $days } дня
   *[other] нет подтверждения { $days } дней
 }

response_letter-subject = { $ref } – { $silence }
response_letter-addressee = Руководителю: { $body }
response_letter-opening-review = На платформе «{ $platform }» предложение подано на рассмотрение секретариата. Оно не рассмотрено.
response_letter-opening-answer = На платформе «{ $platform }» вашей организации направлен вопрос для ответа. Ответ не поступил.
response_letter-opening-confirmation = На платформе «{ $platform }» от имени вашей организации объявлено обязательство. Оно не подтверждено и не отклонено.
response_letter-fact-ref = Номер: { $ref }
response_letter-fact-title = Название: { $title }
response_letter-fact-since = Ожидается с: { $since }
response_letter-fact-due = Срок: { $due }
response_letter-fact-silence = На сегодня: { $silence }
response_letter-fact-url = Адрес: { $url }
response_letter-request-review = Просим обеспечить передачу предложения ответственному органу либо возврат подавшей организации с указанием причины.
response_letter-request-answer = Просим дать ответ на платформе либо сообщить, когда он будет дан и кто за него отвечает.
response_letter-request-confirmation = Просим подтвердить обязательство с указанием срока, исправить его либо отклонить с указанием причины.
response_letter-meeting = До этого вопрос показывается как оставшийся без ответа и будет внесён в перечень следующего заседания.
