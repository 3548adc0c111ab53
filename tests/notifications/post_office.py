"""A real mail server in the moods that mail servers have."""

import socket
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

#: What the server answers to a command in a mood.
ANSWERS = {
    "421": ("MAIL", "421 4.3.2 Service shutting down"),
    "451": ("RCPT", "451 4.7.1 Greylisted, try again"),
    "550": ("RCPT", "550 5.1.1 No such mailbox"),
    "554": ("DATA", "554 5.7.1 Content refused"),
    "452": ("DATA", "452 4.3.1 Disk is full"),
    "530": ("MAIL", "530 5.7.0 Authentication required"),
}


class PostOffice:
    """Keeps what was sent to it, and does as its mood is: for all, or for one address."""

    def __init__(self):
        self.mood, self.moody_about = "accepting", None
        self.kept, self.sessions, self.tried = [], 0, []
        #: What happens while a mail is being handed over.
        self.meanwhile = lambda: None

    def messages(self):
        """What was accepted, parsed."""
        return [message_from_bytes(each.content, policy=default) for each in self.kept]

    def recipients(self):
        """To whom, in the order of their arrival."""
        return [each.rcpt_tos[0] for each in self.kept]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        return self._answer("MAIL", "") or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.meanwhile()
        self.tried.append(address)
        envelope.rcpt_tos.append(address)
        return self._answer("RCPT", address) or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self._has_mood("drop", envelope.rcpt_tos[0]):
            server.transport.abort()
            return "250 nobody hears this"
        if answer := self._answer("DATA", envelope.rcpt_tos[0]):
            return answer
        self.kept.append(envelope)
        if self._has_mood("kept and drop", envelope.rcpt_tos[0]):
            server.transport.abort()
        return "250 Message accepted"

    def _answer(self, command, address):
        at, words = ANSWERS.get(self.mood, ("", ""))
        return words if at == command and self._has_mood(self.mood, address) else ""

    def _has_mood(self, mood, address):
        return self.mood == mood and self.moody_about in (None, address)


class _Listening(Controller):
    """Says at once when it cannot listen, and looks up no name."""

    def factory(self):
        return SMTP(self.handler, hostname="post.example", data_size_limit=10_000_000)


@contextmanager
def listening(office, port=0):
    """Let a post office listen on this machine; gives its port."""
    controller = _Listening(office, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port():
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mute():
    """A server that takes connections and never says a word; gives its port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        yield listener.getsockname()[1]
