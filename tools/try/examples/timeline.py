# The record and what is due, as a picture.
from datetime import date

import ofsted_framework as of
from ofsted_framework.telling.timeline import timeline_svg

record = of.sample("leeds")
timeline_svg(of.due(record, as_of=date(2026, 11, 28)))
