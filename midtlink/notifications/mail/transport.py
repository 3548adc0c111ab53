"""Handing mails to the hospital's server, and what its refusals mean."""

import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from midtlink.notifications.mail.configuration import Server

#: The server says that it closes the connection.
CLOSING = 421
LONGEST_ERROR = 300


class Unreachable(Exception):
    """No mail can be handed over now: no connection, no sign-in, or not in our name."""


class PutOff(Exception):
    """This mail must be tried again later."""


class RefusedForGood(Exception):
    """The address, or the mail, is refused and always will be."""


class Connection:
    """One connection for several mails, made when the first is handed over."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.client: smtplib.SMTP | None = None
        self.handed_over = 0

    @property
    def is_usable(self) -> bool:
        """Say whether another mail can be handed over: nothing has broken the connection."""
        return self.client is None or self.client.sock is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.client is None:
            return
        try:
            self.client.quit()
        except OSError:
            self.client.close()

    def hand_over(self, message: EmailMessage, *, to: str) -> None:
        """Give the server a mail. Raises Unreachable, PutOff or RefusedForGood."""
        client = self.client = self.client or _connect(self.server)
        try:
            client.send_message(message, message["From"].addresses[0].addr_spec, [to])
        except smtplib.SMTPSenderRefused as refusal:
            if refusal.smtp_code != CLOSING or not self.handed_over:
                raise Unreachable(said(refusal.smtp_code, refusal.smtp_error)) from None
            self._begin_anew(message, to)
        except OSError as error:
            raise _judged(error, client) from None
        self.handed_over += 1

    def _begin_anew(self, message: EmailMessage, to: str) -> None:
        """Connect again: many servers take so many mails by one connection and no more."""
        self.client, self.handed_over = None, 0
        self.hand_over(message, to=to)


def said(code: int, words: bytes | str | BaseException) -> str:
    """Return what a server said, in ASCII and on one line."""
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else str(words)
    shown = "".join(each if each.isascii() and each.isprintable() else " " for each in text)
    named = type(words).__name__ if isinstance(words, BaseException) else str(code)
    return " ".join(f"{named} {shown}".split())[:LONGEST_ERROR]


def _judged(error: OSError, client: smtplib.SMTP) -> PutOff | RefusedForGood:
    """Say what it means for the mail that handing it over failed."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _by_code(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        return _by_code(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return RefusedForGood("the server takes no such address")
    client.close()
    return PutOff(said(0, error))


def _by_code(code: int, words: bytes | str) -> PutOff | RefusedForGood:
    kind = RefusedForGood if 500 <= code < 600 else PutOff
    return kind(said(code, words))


def _connect(server: Server) -> smtplib.SMTP:
    """Connect, secure the way and sign in. Whatever goes wrong is no mail's fault."""
    client: smtplib.SMTP | None = None
    try:
        client = _opened(server)
        if server.security == "starttls":
            client.starttls(context=ssl.create_default_context())
        client.ehlo_or_helo_if_needed()
        if server.username:
            client.login(server.username, server.password)
        return client
    except smtplib.SMTPResponseException as refusal:
        error = said(refusal.smtp_code, refusal.smtp_error)
    except OSError as failure:
        error = said(0, failure)
    if client is not None:
        client.close()
    raise Unreachable(error)


def _opened(server: Server) -> smtplib.SMTP:
    where = (server.host, server.port, server.own_name)
    if server.security != "tls":
        return smtplib.SMTP(*where, timeout=server.timeout)
    context = ssl.create_default_context()
    return smtplib.SMTP_SSL(*where, timeout=server.timeout, context=context)
