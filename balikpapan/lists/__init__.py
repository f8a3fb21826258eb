"""What a person has chosen about a list: its columns, the questions asked of it again and again."""
