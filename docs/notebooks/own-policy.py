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
# # Try a policy of your own
#
# What if Cafcass were inspected every four years instead of three (`cafcass-2021:A-01`), with at
# least two focused visits in between instead of one? Write it down as a framework, and play it
# against the present one.

# %%
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from IPython.display import SVG

import ofsted_framework as of
from ofsted_framework.plotting import next_chart
from ofsted_framework.simulation import ON_SITE, Contacts, LongestGap, compare
from ofsted_framework.telling.life_cycle import life_cycle_svg

# %%
today = date(2026, 11, 23)
cafcass = of.sample("cafcass")

# %% [markdown]
# ## The policy, as a file
#
# A framework is a file of rows. Yours can begin with one that ships and change some values. Where
# a sentence of it can be read in two ways, choose one.

# %%
policy = """
id = "four-years-two-visits"
based_on = "cafcass-2021"
title = "Cafcass, every four years, with two visits between"
choose = { full-inspection = "anniversary", focused-visits = "at-least-once" }
replace = [
    { id = "full-inspection", months = 48 },
    { id = "focused-visits", at_least = 2 },
]
"""

# %%
with TemporaryDirectory() as folder:
    file = Path(folder, "four-years-two-visits.toml")
    file.write_text(policy, encoding="utf-8")
    mine = of.framework(file)

# %% [markdown]
# What did that change?

# %%
present = of.framework("cafcass-2021")
for provision, reading in mine.chosen:
    present = present.choose(provision, reading=reading)
print(of.diff(present, mine).explain())

# %%
SVG(life_cycle_svg(mine, as_of=today))

# %% [markdown]
# A mistake is refused, with its place and the nearest good word.

# %%
try:
    present.replace("full-inspection", month=48)
except of.OfstedFrameworkError as error:
    print(error)

# %% [markdown]
# ## What would be due?

# %%
for framework in present, mine:
    agenda = of.due(cafcass, as_of=today, frameworks=[framework])
    print(framework.id, agenda["full-inspection"].courses[0].window.in_words(), sep=": ")

# %% [markdown]
# ## Play both
#
# Twelve years, five hundred times, with the same random numbers for both.

# %%
same = {"as_of": today, "years": 12, "replications": 500, "seed": 2026}
now = of.simulate(present, cafcass, **same)
then = of.simulate(mine, cafcass, **same)
SVG(next_chart(then).svg())

# %%
names = ("three years, one visit", "four years, two visits")
found = compare(now, then, Contacts(of=ON_SITE), LongestGap(of=ON_SITE), names=names)
for figure in found.figures:
    print(figure.says)
    for one in found.select(figure.what):
        (first, second), (low, high) = one.means, one.interval()
        print(f"  {one.case}: {first:.2f} against {second:.2f}", end="")
        print(f", a difference of {low:+.2f} to {high:+.2f}")

# %% [markdown]
# The second visit makes up for most of the inspections that fall away. The longest time without a
# contact grows by some weeks. Each line is for one reading of "judged inadequate".
#
# ## What to keep in mind
#
# What you replaced is an assumption of yours, and everything that rests on it says so. That all
# others go on as before under your policy is assumed too.

# %%
print("Weakest basis:", found.basis)
for ground in found.assumptions:
    if "replaced" in (ground.says or ""):
        print("-", ground.part, "-", ground.says)
print(len(found.assumptions), "assumptions in all")
