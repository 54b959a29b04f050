"""From claims and incidents to control, hotspots and trends. Pure."""
