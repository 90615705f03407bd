"""Options for whoever has more time than the suite: more and longer walks, all thirty days of a month."""


def pytest_addoption(parser):
    parser.addoption("--walks", type=int, default=0, help="random walks to take; without it a few fixed ones")
    parser.addoption("--walk-steps", type=int, default=25, help="rules in each walk, one to five steps each")
    parser.addoption("--days", type=int, default=0, help="days of the simulated month; without it a few")
    parser.addoption("--seed", type=int, default=0, help="another month than that of the suite")
