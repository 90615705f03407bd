"""Random journeys: the steps that anybody may try, the ways of trying them, and who tries."""
