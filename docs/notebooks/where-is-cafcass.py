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
# # Cafcass: where are we in the cycle, and what comes next?
#
# Ofsted inspects Cafcass in full in a three-year window (`cafcass-2021:A-01`). This notebook takes
# the record that comes with the library, asks where it stands on 23 November 2026, and plays the
# ten years after it.

# %%
from datetime import date
from textwrap import fill

from IPython.display import SVG

import ofsted_framework as of
from ofsted_framework.plotting import next_chart

# %%
today = date(2026, 11, 23)
cafcass = of.sample("cafcass")
framework = of.framework("cafcass-2021")

for event in cafcass.events:
    print(event)

# %% [markdown]
# ## Does the record keep to the framework?
#
# The record begins in 2005, and each event is checked against the framework that governed it. No
# departure is found. Much is undetermined: the record holds only what was read in public, and it
# claims to be whole for a few kinds of event only.

# %%
result = of.check(cafcass, as_of=today)
for status, number in result.counts.items():
    print(f"{number:3} {status}")
print("Departures:", len(result.departures))

# %% [markdown]
# ## Where are we in the cycle?
#
# How the three-year window is fixed can be read in two ways, and the sources do not say which
# holds. Either fixed windows follow one another from 1 April 2021, or the window is counted from
# the last inspection. If no inspection has begun unseen since then, it is open in both readings.

# %%
agenda = of.due(cafcass, as_of=today)
print(agenda["full-inspection"].explain())

# %% [markdown]
# ## The next ten years, a thousand times
#
# Now play the coming years a thousand times. The framework says what is owed and when.
# Assumptions say the rest: how often inspections come late, where in the window they fall, how
# grades move. For Cafcass nearly all of them are taken over from local authorities.
#
# The seed makes the result the same on every machine.

# %%
outlook = of.simulate(framework, cafcass, as_of=today, years=10, seed=2026)
print(outlook)

# %% [markdown]
# When does the next inspection begin? Each reading has figures of its own. The last number says
# how far a share may be off because a thousand replications are only a sample.

# %%
for one in outlook.summary().select("next", "inspection"):
    quarter = f"{one.first:%B} to {one.last:%B %Y}"
    print(f"{one.case:12}  {quarter:26}  {one.mean:4.0%}  error {one.error:.1%}")

# %% [markdown]
# The same as a chart (this needs Matplotlib: the extra `plotting`).

# %%
SVG(next_chart(outlook).svg())

# %% [markdown]
# ## One of the thousand
#
# Every replication is a record like any other. Here are the first two years of one of them.

# %%
number = 1
history = outlook.history(number)
for event in history.events:
    if today < event.start.earliest < date(2028, 11, 23):
        print(event)

# %% [markdown]
# It was made in one reading of everything. Checked in that reading, it shows what was assumed: that
# an inspection may come late.

# %%
chosen = outlook.framework
for provision, reading in outlook.readings(number).items():
    chosen = chosen.choose(provision, reading=reading)
    print(f"{provision}: {reading}")
result = of.check(history, as_of=outlook.horizon, frameworks=[chosen])
for departure in result.departures:
    print(fill(departure.message, 80))

# %% [markdown]
# ## What if the window came every four years?
#
# Change one number of the framework, and play the same ten years with the same seed.

# %%
four = framework.replace("full-inspection", months=48)
print("The window of four years, on 23 November 2026:")
agenda = of.due(cafcass, as_of=today, frameworks=[four])
for reading, window in agenda["full-inspection"].windows.items():
    print(f"{reading:12}  {window.earliest} to {window.latest}")

# %%
longer = of.simulate(four, cafcass, as_of=today, years=10, seed=2026)
for name, one in ("three years", outlook), ("four years", longer):
    for figure in one.summary().select("a-year", "inspection"):
        number = f"{10 * figure.mean:.1f}"
        print(f"{name:11}  {figure.case:12}  {number} inspections in ten years")

# %% [markdown]
# ## What to keep in mind
#
# This is no forecast. It says what follows from a framework, a public record and assumptions, and
# the weakest of them bounds what the figures are worth.

# %%
print("Weakest basis:", outlook.basis)
print(len(outlook.assumptions), "assumptions, for instance:")
for ground in outlook.assumptions[:3]:
    print(fill(f"- {ground.says}", 80))
