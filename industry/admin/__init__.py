"""The industry register as its staff see it, one module for each subject."""

from . import businesses, programmes, reference, revenue, work_items

__all__ = ["businesses", "programmes", "reference", "revenue", "work_items"]
