"""English: the clock of 24 hours, and dates of figures that mean the same day on both sides of the ocean."""
