"""An account: created in four steps, activated by the code of its message."""
