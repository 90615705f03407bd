"""What the codes of this app say, one file per subject; registered when the app is ready."""
