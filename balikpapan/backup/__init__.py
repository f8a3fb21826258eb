"""Backup, restore and moving of the whole register: one logical format for either database."""
