"""Charts of outlooks, replies, comparisons, regions, grades and calibration, with Matplotlib.

Each takes an object of the library and gives a `Chart`: its figure, `svg()`, `alt_text()` and
`table()`. Needs the extra `plotting`: `pip install "ofsted-framework[plotting]"`.
"""

try:
    import matplotlib as matplotlib
except ImportError as error:
    message = 'charts need Matplotlib: pip install "ofsted-framework[plotting]"'
    raise ImportError(message, name="matplotlib") from error

from ._calibration import Calibration as Calibration
from ._calibration import coverage_chart as coverage_chart
from ._calibration import rank_chart as rank_chart
from ._chart import Chart as Chart
from ._comparing import comparison_chart as comparison_chart
from ._comparing import region_chart as region_chart
from ._grades import moves_chart as moves_chart
from ._outlooks import fan_chart as fan_chart
from ._outlooks import next_chart as next_chart
from ._outlooks import reply_chart as reply_chart
