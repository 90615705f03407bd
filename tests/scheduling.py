"""Which worker runs which file when: the slowest first, so that no worker waits long for another at the end."""

from xdist.scheduler import LoadFileScheduling

SECONDS_A_TEST = 0.15
SLOW = {
    "tests/journeys/test_demo_shop.py": 25,
    "tests/browser/test_a_whole_life_in_chinese.py": 60,
    "tests/browser/test_every_page_is_open_to_all.py": 60,
    "tests/admin/test_case_page.py": 40,
    "tests/admin/test_lists.py": 30,
    "tests/ledger/test_installing.py": 20,
}
"""Files that take longer than their number of tests says, in seconds on two cores; about right is enough."""

CRAWL = "tests/admin/test_every_address.py"
SECONDS_A_ROLE = 20


class SlowestFirst(LoadFileScheduling):
    """A file stays with one worker, for what it builds once; the crawl of all addresses is shared role by role."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        return f"{file}[{nodeid.partition('[')[2]}" if file == CRAWL else file

    def _assign_work_unit(self, node):
        slowest = max(self.workqueue, key=self._seconds)
        self.workqueue.move_to_end(slowest, last=False)
        super()._assign_work_unit(node)

    def _seconds(self, scope):
        if scope.startswith(CRAWL):
            return SECONDS_A_ROLE
        return SLOW.get(scope, 0) + SECONDS_A_TEST * len(self.workqueue[scope])
