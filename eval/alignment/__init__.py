"""How well the comparison of policies finds and names what a person found and named."""
