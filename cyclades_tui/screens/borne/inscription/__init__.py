"""The wizard of an inscription, one module for each tab."""
