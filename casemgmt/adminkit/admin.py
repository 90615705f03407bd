"""What this room adds to the admin when it is loaded: the pages of the help, and the list of what was taken out."""

from casemgmt.adminkit import export_list, help_pages, palette_entries

__all__ = ["export_list", "help_pages", "palette_entries"]
