"""The control of a piece, beside the data that it must agree with."""
