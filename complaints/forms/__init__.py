"""The forms of the case's actions, one file per subject. Field names are the parameters of the actions."""
