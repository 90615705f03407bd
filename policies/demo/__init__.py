"""What the demo shop shows of policies: a draft with its dry run, a suggestion, own deadlines, a moving day off."""
