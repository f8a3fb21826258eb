"""How pages write days, times and numbers: 27 November 2026, 27 November 2026 14.05, 1.234,5.

What people type is read by ``balikpapan.spreadsheets.cells``; a field shows its day as it is typed
(27-11-2026). Django asks here first and its own formats of the language after that.
"""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j F Y H.i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "d-m-Y"
SHORT_DATETIME_FORMAT = "d-m-Y H.i"
