# What if the window came every four years? The present framework and the other, side by side.
from datetime import date

import ofsted_framework as of
from ofsted_framework.simulation import ON_SITE, Contacts, compare

today, record = date(2026, 11, 23), of.sample("cafcass")
three = of.framework("cafcass-2021").choose("full-inspection", reading="anniversary")
four = three.replace("full-inspection", months=48)
outlooks = [
    of.simulate(one, record, as_of=today, years=10, seed=2026, replications=50)
    for one in (three, four)
]
names = ("three years", "four years")
print(compare(*outlooks, Contacts(of=ON_SITE), names=names).explain())
