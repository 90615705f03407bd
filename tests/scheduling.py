"""Which worker runs which file when: the slowest first, so that no worker waits long for another at the end."""

from xdist.scheduler import LoadFileScheduling

CRAWL = "tests/admin/test_every_address.py"
SECONDS_A_ROLE = 40

DEMO = "tests/journeys/test_demo_"
"""Files that look at the demo shop, which takes a minute to open: one worker opens it for all of them."""

SECONDS_A_TEST = 0.15
SLOW = {
    DEMO: 60,
    "tests/browser/test_axe.py": 150,
    "tests/admin/test_case_page.py": 60,
    "tests/journeys/test_random_walk.py": 90,
    "tests/browser/test_a_whole_life_in_chinese.py": 60,
    "tests/browser/test_every_page_is_open_to_all.py": 60,
    "tests/browser/test_tours.py": 50,
    "tests/running/test_up.py": 50,
    "tests/privacy/test_database_files.py": 40,
    "tests/admin/test_lists.py": 40,
    "tests/browser/test_days_of_staff.py": 40,
    "tests/browser/test_days_of_supervisors.py": 40,
    "tests/admin/test_approvals.py": 30,
    "tests/admin/test_queries_of_the_case_list.py": 30,
    "tests/actions/test_dry_runs.py": 30,
    "tests/admin/test_landing.py": 30,
    "tests/admin/test_case_file.py": 30,
    "tests/journeys/test_a_fee_nobody_forgets.py": 25,
    "tests/journeys/test_month.py": 25,
    "tests/ledger/test_installing.py": 25,
    "tests/running/test_migrating.py": 25,
    "tests/tasks/test_invariants.py": 25,
}
"""Files that take longer than their number of tests says, in seconds on two cores; about right is enough."""


class SlowestFirst(LoadFileScheduling):
    """A file stays with one worker, for what it builds once, and so do all of the demo; the crawl is shared by role."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        if file.startswith(DEMO):
            return DEMO
        return f"{file}[{nodeid.partition('[')[2]}" if file == CRAWL else file

    def _assign_work_unit(self, node):
        slowest = max(self.workqueue, key=self._seconds)
        self.workqueue.move_to_end(slowest, last=False)
        super()._assign_work_unit(node)

    def _seconds(self, scope):
        if scope.startswith(CRAWL):
            return SECONDS_A_ROLE
        return SLOW.get(scope, 0) + SECONDS_A_TEST * len(self.workqueue[scope])
