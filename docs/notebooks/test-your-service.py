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
# # Property-test your service
#
# You write a service that keeps records of inspections. Does it lose anything? Instead of
# thinking of examples, say what must hold for *every* record, and let
# [Hypothesis](https://hypothesis.readthedocs.io/) look for one that breaks it. The library makes
# the records.

# %%
from hypothesis import HealthCheck, Phase, given, settings

import ofsted_framework as of
from ofsted_framework.documents import loads
from ofsted_framework.testing import (
    Adapter,
    ContractError,
    check_contract,
    conforming_histories,
    departing_histories,
    last_day,
)

# %%
quick = settings(
    max_examples=20,
    derandomize=True,  # the same examples every time
    database=None,
    phases=[Phase.generate],
    deadline=None,  # the computer may be slow
    suppress_health_check=[HealthCheck.too_slow],
)

# %% [markdown]
# ## A small service
#
# It keeps records as JSON. The second class also takes single events as they arrive.


# %%
class Service(Adapter):
    def __init__(self):
        self.kept = []

    def store(self, history):
        self.kept.append(of.dump(history))
        return str(len(self.kept) - 1)

    def load(self, key):
        return loads(self.kept[int(key)], "json")[0]


# %%
class Growing(Service):
    def append(self, key, event):
        self.kept[int(key)] = of.dump(self.load(key).with_event(event))


# %% [markdown]
# ## Hold it to the contract
#
# `check_contract` tries what is owed by anyone who keeps records, with the same examples every
# time.

# %%
try:
    check_contract(Growing(), max_examples=20)
except ContractError as error:
    print("Broken:", *error.broken)

# %% [markdown]
# It refuses an event that arrives twice. But services hear of things twice, and the same event
# once more is no news.


# %%
class Mended(Growing):
    def append(self, key, event):
        if self.load(key).get(event.id) != event:
            super().append(key, event)


for clause in check_contract(Mended(), max_examples=20):
    print("kept:", clause)

# %% [markdown]
# ## Properties of your own
#
# Your service raises an alarm when a record departs from the framework. A record that keeps to it
# must raise none; one that is made to depart from OF401, a missing report or letter, must raise
# one. Let the alarm forget something: it only looks at inspections.


# %%
def alarms(history):
    result = of.check(history, as_of=last_day(history))
    kinds = {event.id: event.type for event in history.events}
    return [one for one in result.departures if kinds[one.subjects[0]] == "inspection"]


# %%
@quick
@given(conforming_histories("cafcass-2021"))
def no_alarm_without_cause(history):
    assert not alarms(history)


no_alarm_without_cause()


# %%
@quick
@given(departing_histories("OF401"))
def no_missing_report_is_overlooked(history):
    assert alarms(history)


try:
    no_missing_report_is_overlooked()
except AssertionError:
    print("Hypothesis found a record that departs, and no alarm is raised.")

# %% [markdown]
# Left to itself, Hypothesis goes on to the smallest such record and shows it; `phases` switches
# that off here, to be quick. The mend is to look at every departure.


# %%
def alarms(history):  # noqa: F811
    return list(of.check(history, as_of=last_day(history)).departures)


no_alarm_without_cause()
no_missing_report_is_overlooked()
print("Both hold.")

# %% [markdown]
# In pytest these are tests like any others. [Test your service](../how-to/test-your-service.md)
# has all clauses and strategies, and the life of a record played step by step; the
# [worked service](../how-to/service.md) is held to the contract over HTTP.
