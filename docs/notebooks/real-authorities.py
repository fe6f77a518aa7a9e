# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # What the rules find in real authorities
#
# Four records of real local authorities come with the library, read from what Ofsted has
# published. This notebook checks them and looks at every departure. Then it reads a file of your
# own.

# %%
from collections import Counter
from datetime import date
from textwrap import fill

from IPython.display import SVG

import ofsted_framework as of
from ofsted_framework.telling.timeline import timeline_svg

# %%
today = date(2026, 11, 28)
names = ("leeds", "sefton", "south-tyneside", "stockton-on-tees")
records = [of.sample(name) for name in names]
for record in records:
    print(f"{record.provider.name:17}  {record.provider.region:24}  {len(record.events)} events")

# %% [markdown]
# ## Check them all
#
# Each event is checked against the framework that governed it: the single inspection framework of
# 2013, or ILACS of 2018. There is one verdict for each provision and event that it speaks of.

# %%
checks = of.check_many(records, as_of=today)
for record, result in zip(records, checks, strict=True):
    counts = ", ".join(f"{number} {status}" for status, number in result.counts.items() if number)
    print(f"{record.provider.name:17}  {counts}")

# %% [markdown]
# *Not applicable* is what a provision says nothing of here. What is *undetermined* cannot be told
# from the record. Why not?

# %%
reasons = Counter(
    reason
    for result in checks
    for verdict in result.verdicts
    if verdict.status == of.Status.UNDETERMINED
    for reason in verdict.because
)
for reason, number in reasons.most_common():
    print(f"{number:3}  {reason}")

# %% [markdown]
# `NotCovered`: the record does not claim to hold everything of that kind, so that a missing
# meeting or plan proves nothing. `NotKnown`: no source gives a value. `FrameworkOpen`: it is open
# which framework governed an event.
#
# ## Every departure

# %%
for result in checks:
    print(result.history.provider.name)
    for one in result.departures:
        print(fill(f"{one.code} {one.provision}, {one.severity}: {one.message}", 90,
                   initial_indent="  ", subsequent_indent="    "))  # fmt: skip

# %% [markdown]
# Each of them is a *note*, and no more. A departure is never called more serious than its weakest
# support allows; so ask one of them what it rests on.

# %%
departure = next(iter(checks)).departures[0]
print(departure.explain())

# %% [markdown]
# The number of days was inferred from the days on which most reports were published. So this
# says "later than most", and not "against the rules".
#
# ## One of the records, and what is due next

# %%
agenda = of.due(records[0], as_of=today)
SVG(timeline_svg(agenda))

# %% [markdown]
# ## With a file of your own
#
# `of.read` takes a table of events, Ofsted's workbook or the summary of Data to Insight, in CSV,
# ODS or XLSX. Write its path between the quotes, and run the cell.
#
# [The case study](../case-study.md) shows what was found in the records of many more
# authorities, and says of every departure what it is.

# %%
path = ""
if path:
    loaded = of.read(path)
    print(len(loaded.histories), "records,", loaded.events, "events")
    for row in of.check_many(loaded.histories, as_of=today).summary("rule", "provision", "status"):
        if row["status"] == "violated":
            print(row["rule"], row["provision"], row["verdicts"])
