"""What two screens share; no widget knows the store, the rules or the documents."""
