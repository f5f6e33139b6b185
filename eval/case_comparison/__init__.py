"""Tables of cases against judged ones."""
