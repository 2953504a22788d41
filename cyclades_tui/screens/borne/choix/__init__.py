"""Where a candidate chooses what to register for."""
