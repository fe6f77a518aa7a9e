# The coming ten years, two hundred times. More replications take longer.
from datetime import date

import ofsted_framework as of

framework = of.framework("cafcass-2021")
record = of.sample("cafcass")
of.simulate(framework, record, as_of=date(2026, 11, 23), years=10, seed=2026, replications=200)
