"""What fills a new store to show or to try the application; by the same actes as everybody."""
