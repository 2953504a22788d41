"""Documents made and handed out: rendered, copied, printed, verified, sent in batches."""
