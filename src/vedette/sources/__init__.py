"""Reading: files, folders, feeds and tables to documents. Edge."""
