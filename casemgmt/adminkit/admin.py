"""What this room adds to the admin when it is loaded: the pages of the help."""

from casemgmt.adminkit import help_pages

__all__ = ["help_pages"]
