"""The office's duties towards the persons in its registers (UU 27/2022): access, destruction, breach."""
