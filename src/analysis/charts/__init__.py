"""The charts of a report: each draws one table onto axes, in the reader's language."""

from analysis.charts.jubilees import draw_anniversaries
from analysis.charts.matrices import draw_factor_matrix, draw_goal_matrix
from analysis.charts.stacks import draw_ratings, draw_waves
from analysis.charts.timeline import draw_timeline
from analysis.charts.yearly import draw_activities_by_year, draw_growth

__all__ = [
    "draw_activities_by_year",
    "draw_anniversaries",
    "draw_factor_matrix",
    "draw_goal_matrix",
    "draw_growth",
    "draw_ratings",
    "draw_timeline",
    "draw_waves",
]
