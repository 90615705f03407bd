"""Several people acting at the same moment, each on a connection of their own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connections

PATIENCE = 30


def race(*acts: Callable[[], object], patience: float = PATIENCE) -> list[object]:
    """Run the acts at once, each in a thread; gives what each returned, or the exception it raised.

    `patience` is how many seconds the last of them may take, where many wait for one another.
    """
    start = Barrier(len(acts))
    outcomes: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(patience)
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair, daemon=True) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(patience)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for somebody else for ever"
    return outcomes
