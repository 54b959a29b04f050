"""From parsed sentences to attributions, events, actors, places, days, quantities and claims. Pure."""
