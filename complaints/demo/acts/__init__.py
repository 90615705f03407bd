"""What people do in a story, in the words of the stories; each is one action, run as its person."""
