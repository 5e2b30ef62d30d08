"""The few charts a reader takes in at a glance. The title of each states the finding.

`svg()` draws with the page's own colours (CSS variables), in a wide and a narrow size, for the screen and the report:
a chart costs two kilobytes and no library. `altair()` gives the same chart, with the same theme, in Python.
"""

from playbook.charts.base import Chart, Mark
from playbook.charts.control import Control, Level
from playbook.charts.heat import Heat
from playbook.charts.lying import Bars, Pairs, Swings, Waterfall
from playbook.charts.upright import Columns, Curve

__all__ = ["Bars", "Chart", "Columns", "Control", "Curve", "Heat", "Level", "Mark", "Pairs", "Swings", "Waterfall"]
