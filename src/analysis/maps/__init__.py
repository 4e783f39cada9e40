"""The maps of a report: distance and direction from the home city are true."""

from analysis.maps.partners import draw_partner_map, draw_relation_map

__all__ = ["draw_partner_map", "draw_relation_map"]
