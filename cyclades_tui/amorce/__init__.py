"""Fills a new store for a demo or a trial, through the same actes as everybody."""
