"""Keeping the index up to date: a lane of the sweeper."""

from midtlink.search.engine import engine
from midtlink.search.gathering import gather_searches
from midtlink.search.indexing import index_waiting, rebuild, removed_waits
from midtlink.search.rules import BATCH
from midtlink.search.saved.watching import count_new_hits
from midtlink.sweeper import keep_lease, lane


@lane("search", every=0.5)
def keep_index() -> bool:
    """Bring the next batch into the index; build it anew where there is none that works.

    Raises IndexUnavailable, on a full disk say: the lane then rests longer each time.
    """
    if engine().needs_rebuild():
        build_anew()
    return index_waiting() == BATCH


@lane("removed words", every=60)
def forget_removed() -> bool:
    """Build the index anew when texts were removed for ever: its old files go with their words."""
    if removed_waits():
        build_anew()
    return False


def build_anew() -> None:
    """Rebuild the index, keeping the lane's lease. What cannot be built is tried again later."""
    rebuild(lambda _count: keep_lease())


@lane("unfound", every=60)
def gather_unfound() -> bool:
    """List what was searched for and not found, and forget what is long settled."""
    return gather_searches()


@lane("saved searches", every=60)
def count_saved_searches() -> bool:
    """Count what is new in the searches that people keep."""
    return count_new_hits()
