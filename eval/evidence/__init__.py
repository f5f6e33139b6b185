"""Fitting the choice of evidence and the decision to decline on fold 0 of judged questions."""
