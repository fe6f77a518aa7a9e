# What is due for Cafcass, in which window, and why?
from datetime import date

import ofsted_framework as of

record = of.sample("cafcass")
agenda = of.due(record, as_of=date(2026, 11, 23))
print(agenda["full-inspection"].explain())
agenda
