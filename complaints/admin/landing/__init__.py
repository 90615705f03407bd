"""The landing page: what do I do now, by role."""
