"""What people do, by subject; each acte is one transaction and one journal row."""
