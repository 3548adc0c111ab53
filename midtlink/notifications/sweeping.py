"""What notices do by themselves: lanes of the sweeper."""

from midtlink.notifications.hooks import sweeping as hooks
from midtlink.notifications.mail.routing import route_waiting
from midtlink.sweeper import lane

__all__ = ["hooks"]  # Has a lane of its own, as soon as it is imported.


@lane("mail-routing", every=2)
def route_notices() -> bool:
    """Choose for each notice which mail it goes by, if any."""
    return route_waiting()
