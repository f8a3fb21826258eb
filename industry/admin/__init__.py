"""The industry register as its staff see it, one module for each subject."""

from . import businesses, letter_pages, programmes, reference, revenue, work_items

__all__ = ["businesses", "letter_pages", "programmes", "reference", "revenue", "work_items"]
