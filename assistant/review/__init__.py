"""点検: what an officer should look at in a draft before it is decided."""
