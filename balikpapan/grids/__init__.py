"""Pages on which many figures are typed at once, as in a spreadsheet."""
