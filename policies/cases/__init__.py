"""Own cases of policies: facts and the expected answer, asked of the rules that decide. One file per subject."""
