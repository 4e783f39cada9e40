"""The maps of a report: about a city distance and direction are true, on the whole Earth areas are."""

from analysis.maps.ego import draw_ego_map
from analysis.maps.links import draw_country_links
from analysis.maps.partners import draw_partner_map, draw_relation_map

__all__ = ["draw_country_links", "draw_ego_map", "draw_partner_map", "draw_relation_map"]
