"""Figures in the window: those that count the same beside each other, all others apart."""
