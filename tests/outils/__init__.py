"""What the tests share, by subject: stores, people, faces, files; no test is here."""
