"""People who press at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from midtlink.extensions import db


def all_at_once(app, calls, *, expected=()):
    """Run the calls at the same moment, each with a session of its own.

    Returns what each call returned, or the error that it raised where such a one is expected;
    any other error fails the test.
    """
    start = Barrier(len(calls), timeout=60)

    def run(call):
        with app.app_context():
            start.wait()
            try:
                return call()
            except expected as error:
                return error

    db.session.rollback()
    with ThreadPoolExecutor(len(calls)) as presses:
        results = list(presses.map(run, calls))
    db.session.expire_all()
    return results
