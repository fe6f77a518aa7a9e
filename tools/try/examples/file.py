# Choose a file above; it stays in your browser. Then say for which day you ask.
from datetime import date

import ofsted_framework as of

loaded = of.read("records.csv")
print(len(loaded.histories), "records,", loaded.events, "events;", len(loaded.problems), "problems")
of.check(loaded.histories[0], as_of=date(2026, 11, 28))
