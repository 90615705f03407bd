"""What every admin page of the house stands on: audited pages, and actions as data."""
