# Days and periods in words; names of months come from elsewhere.

date-day = { $day } { $year }
date-month = { $month } { $year }
date-quarter = quarter { $number } of { $year }
date-half_year = half-year { $number } of { $year }
date-year = { $year }
