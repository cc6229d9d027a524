"""The units that a gradebook holds: their cells, and what a build changes in them."""
