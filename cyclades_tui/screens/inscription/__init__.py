"""The wizard: the frame, its model, and one module a tab."""
