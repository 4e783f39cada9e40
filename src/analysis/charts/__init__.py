"""The charts of a report: each draws one table onto axes, in the reader's language."""

from analysis.charts.comparisons import draw_formats, draw_rating_shares, draw_warnings
from analysis.charts.jubilees import draw_anniversaries
from analysis.charts.matrices import draw_factor_matrix, draw_goal_matrix
from analysis.charts.networks import draw_degrees, draw_link_distances, draw_mixing
from analysis.charts.panels import draw_calendars, draw_year_panels
from analysis.charts.peers import draw_founding, draw_partner_counts, draw_partner_distances
from analysis.charts.stacks import draw_ratings, draw_waves
from analysis.charts.timeline import draw_timeline
from analysis.charts.yearly import draw_activities_by_year, draw_growth

__all__ = [
    "draw_activities_by_year",
    "draw_anniversaries",
    "draw_calendars",
    "draw_degrees",
    "draw_factor_matrix",
    "draw_formats",
    "draw_founding",
    "draw_goal_matrix",
    "draw_growth",
    "draw_link_distances",
    "draw_mixing",
    "draw_partner_counts",
    "draw_partner_distances",
    "draw_rating_shares",
    "draw_ratings",
    "draw_timeline",
    "draw_warnings",
    "draw_waves",
    "draw_year_panels",
]
