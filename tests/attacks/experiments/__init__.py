"""Attacks on trainings: points for parameters that were not trained as they should be."""
