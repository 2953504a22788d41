"""The two faces: themes, bindings, which screen comes first."""
