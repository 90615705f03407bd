"""How long requests take, by the name of their route: an address holds numbers of cases, a name holds none."""

import time

from casemgmt import tallies

NAME = "request_seconds"
NO_ROUTE = "none"


class TimeRequests:
    """The outermost middleware: everything that an answer costs lies within. What streams is timed to its beginning."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Time the answer; an answer to no route at all is counted as such."""
        started = time.monotonic()
        response = self.get_response(request)
        match = getattr(request, "resolver_match", None)
        route = (match.view_name or NO_ROUTE) if match is not None else NO_ROUTE
        tallies.observe(NAME, time.monotonic() - started, route[:120], f"{response.status_code // 100}xx")
        return response
