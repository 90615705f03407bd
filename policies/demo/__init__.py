"""What the demo shop shows of policies: a draft with its dry run, a suggestion, own deadlines, a day off that moves one."""
