"""The tests of the whole house, a shelf for each kind."""
