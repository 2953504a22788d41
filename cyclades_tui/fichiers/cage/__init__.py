"""The room that opens deposited bytes: it runs only in confined processes, and alone imports what decodes them."""
