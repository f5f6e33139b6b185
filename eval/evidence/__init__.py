"""Fitting the choice of evidence and the decision to decline on judged questions."""
