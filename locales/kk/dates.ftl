# Күндер мен кезеңдер сөзбен; ай атаулары басқа жерден алынады.

date-day = { $year } жылғы { $day }
date-month = { $year } жылғы { $month }
date-quarter = { $year } жылғы { $number }-тоқсан
date-half_year = { $year } жылғы { $number }-жартыжылдық
date-year = { $year } жыл
