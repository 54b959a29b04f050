"""Tables that are loaded once and then only read: actors, places. Edge."""
