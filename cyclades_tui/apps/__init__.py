"""The applications of the two faces: themes, keys, the first screen."""
