"""From a document's characters to segments and parsed sentences."""
