# Does the record of Cafcass keep to the frameworks that governed it?
from datetime import date

import ofsted_framework as of

record = of.sample("cafcass")  # or "leeds", "sefton", "south-tyneside", "stockton-on-tees"
of.check(record, as_of=date(2026, 11, 23))
