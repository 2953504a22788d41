"""Files from outside: the files on a medium, whether a file may be kept, how its pages look."""
