"""Documents: rendered, copied, printed, verified, sent in lots."""
