"""What policies and their answers are called: in the reader's language, never as codes. One file per subject."""
