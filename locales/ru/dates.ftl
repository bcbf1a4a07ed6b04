# Дни и периоды словами; названия месяцев берутся из другого места.

date-day = { $day } { $year } года
date-month = { $month } { $year } года
date-quarter = { $number }-й квартал { $year } года
date-half_year = { $number }-е полугодие { $year } года
date-year = { $year } год
