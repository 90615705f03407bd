"""Files of evidence: how large they may be, what they are by their bytes, where they are kept, and copies of them."""
