"""The industry register's tables of the yearly book: plain functions from a year to a table."""

from .achievements import achievements_table, published_figures_table, published_revenue_table
from .businesses import division_table, group_table, region_table
from .metadata import chain_table, metadata_table
from .movement import movement_by_year_table, movement_table
from .nominative import nominative_table
from .open_data import open_counts_table, open_figures_table
from .performance import performance_table
from .programmes import certificate_table, programme_table
from .revenue import revenue_month_table, revenue_source_table, revenue_table
from .scale import scale_table, umkm_table
from .yearly_figures import figures_table

__all__ = [
    "achievements_table",
    "certificate_table",
    "chain_table",
    "division_table",
    "figures_table",
    "group_table",
    "metadata_table",
    "movement_by_year_table",
    "movement_table",
    "nominative_table",
    "open_counts_table",
    "open_figures_table",
    "performance_table",
    "programme_table",
    "published_figures_table",
    "published_revenue_table",
    "region_table",
    "revenue_month_table",
    "revenue_source_table",
    "revenue_table",
    "scale_table",
    "umkm_table",
]
