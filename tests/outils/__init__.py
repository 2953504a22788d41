"""What tests share, by subject: stores, people, faces, files; there are no tests here."""
