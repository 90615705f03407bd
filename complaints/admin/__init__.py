"""The pages of complaints: cases and their paperwork, customers, imports, the landing page."""

from complaints.admin import cases, customers, finding, framing, imports, oversight, paperwork

__all__ = ["cases", "customers", "finding", "framing", "imports", "oversight", "paperwork"]
