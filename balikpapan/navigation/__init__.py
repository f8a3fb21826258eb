"""How staff find their way: the menu, and the search in the header."""
