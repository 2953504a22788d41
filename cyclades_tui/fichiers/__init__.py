"""Files that come from outside: what a medium offers, whether a file may be kept, and how its pages look."""
