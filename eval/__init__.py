"""Judged questions, measures, reports and benchmarks."""
