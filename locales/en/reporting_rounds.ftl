# Reporting rounds: bodies are asked to report for a period.

reporting_round-name = Reports for { $from } – { $to }
