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
# # Plan a year of visits
#
# You plan the inspections of many local authorities. Which are due in the coming year, how many
# inspector days do they take, and how many visits will there be besides?
#
# This notebook takes forty authorities that are made up: the framework plays their past. To plan
# for real ones, put your own records in their place; the last cell says how.

# %%
from datetime import date

import attrs
from IPython.display import SVG

import ofsted_framework as of
from ofsted_framework.telling.timeline import timeline_svg

# %%
framework = of.framework("ilacs-2018")
framework = framework.choose("engagement-meeting", reading="financial-year")
framework = framework.choose("judged-inadequate", reading="leaders")
for provision, reading in framework.chosen:
    print(f"{provision}: {reading}")

# %% [markdown]
# Two sentences of the framework can be read in more than one way, and one reading is chosen of
# each. Without that, every figure below would stand there once for each reading.
#
# ## Forty made-up authorities
#
# Each is one replication of the years from April 2019 to March 2026, which begin without a past.

# %%
past = of.simulate(framework, start=date(2019, 4, 1), years=7, replications=40, seed=2026)
today = past.horizon
records = []
for number in range(40):
    region = "East" if number % 2 else "West"
    provider = of.Provider(name=f"Authority {number + 1}", kind="local-authority", region=region)
    records.append(attrs.evolve(past.history(number), provider=provider))

print(len(records), "records,", sum(len(one.events) for one in records), "events, as of", today)

# %% [markdown]
# Here is one of them, with what is due next.

# %%
agendas = list(of.due_many(records, as_of=today, frameworks=[framework]))
SVG(timeline_svg(agendas[0]))

# %% [markdown]
# ## Which inspections are due by March 2027?
#
# Those expected by then, the ones that are still owed from before included. Where the grades of
# the last inspection are known, they also say of which kind the next one is. The teams below are
# made up: no source says how many inspectors there are.

# %%
teams = {"inspection/standard": 6, "inspection/short": 4}
plan = of.due_many(records, as_of=today, frameworks=[framework])
last = date(2027, 3, 31)
for row in plan.table(teams):
    if row["provision"] == "inspection-interval" and row["expected"] <= last:
        late = ", which is over" if row["latest"] < today else ""
        print(f"{row['provider']:12}  {row['region']}  {row['kind']:17}  ", end="")
        print(f"expected {row['expected']}, by {row['latest']}{late}")

# %% [markdown]
# By quarter, counted by the day on which each is expected. Inspector days are what is left to do;
# where the kind is open they go from the least to the most.

# %%
for row in plan.summary("quarter", "provision", at="expected", teams=teams):
    if row["provision"] == "inspection-interval" and row["quarter"] <= "2027 Q1":
        least, most = row["inspector_days"], row["inspector_days_at_most"]
        print(f"{row['quarter']}  inspections: {row['due']}, inspector days: {least} to {most}")

# %% [markdown]
# ## How many visits will there be besides?
#
# Focused visits have no window of their own: they come some time between two inspections. So play
# the year for each authority, two hundred times, and add up.

# %%
totals = {"inspection": [], "focused-visit": [], "monitoring-visit": []}
for seed, record in enumerate(records):
    outlook = of.simulate(framework, record, as_of=today, years=1, replications=200, seed=seed)
    for kind, means in totals.items():
        means.extend(outlook.summary().select("a-year", kind))
for kind, means in totals.items():
    error = sum(one.error**2 for one in means) ** 0.5
    print(f"{kind:16}  {sum(one.mean for one in means):5.1f} in the year, error {error:.1f}")

# %% [markdown]
# ## What to keep in mind
#
# The figures follow from the framework and from assumptions on how often inspections come late
# and where in the window they fall. These are listed in each outlook.

# %%
print("Weakest basis:", outlook.basis)
print(len(outlook.assumptions), "assumptions, for instance:")
for ground in outlook.assumptions[:3]:
    print("-", ground.says)

# %% [markdown]
# ## With records of your own
#
# `of.read` takes a table of events of many authorities, Ofsted's workbook, or the summary of Data
# to Insight. Write the path of yours between the quotes, and run the cell: what is due, by the
# quarter in which it is expected.

# %%
path = ""
if path:
    records = of.read(path).histories
    plan = of.due_many(records, as_of=today, frameworks=[framework])
    print(plan.summary("quarter", "provision", at="expected", teams=teams).to_csv())
