"""What notices do by themselves: lanes of the sweeper."""

from midtlink.notifications.digests.preparing import prepare_digests
from midtlink.notifications.hooks import sweeping as hooks
from midtlink.notifications.mail.access import take_requests
from midtlink.notifications.mail.dead_letters import forget_old_mails
from midtlink.notifications.mail.routing import route_waiting
from midtlink.notifications.mail.sending import send_waiting
from midtlink.notifications.votes import notice_votes
from midtlink.sweeper import lane

__all__ = ["hooks"]  # Has a lane of its own, as soon as it is imported.


@lane("mail-routing", every=2)
def route_notices() -> bool:
    """Choose for each notice which mail it goes by, and make the links that were asked for."""
    has_more = take_requests()
    return route_waiting() or has_more


@lane("votes", every=20)
def tell_of_votes() -> bool:
    """Tell authors that their answers helped."""
    return notice_votes()


@lane("mail", every=2)
def send_mail() -> bool:
    """Hand the mails that are due to the hospital's server."""
    return send_waiting()


@lane("old-mail", every=3600)
def forget_mail() -> bool:
    """Forget what became of mails a month ago."""
    return forget_old_mails()


@lane("digests", every=60)
def make_digests() -> bool:
    """Make the digests of the morning and of the week."""
    return prepare_digests()
