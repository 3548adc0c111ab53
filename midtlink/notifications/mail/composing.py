"""A letter as the message that leaves the house: its headers and its two forms."""

from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from midtlink import clock
from midtlink.notifications.mail import configuration
from midtlink.notifications.mail.letters import Letter, cut_subject, one_line
from midtlink.notifications.mail.rendering import as_html, as_text

#: Headers that we write in ASCII and that folding would only break: a long one would be put into
#: encoded words, and no mail program looks for an address in those.
VERBATIM = {
    "to",
    "date",
    "message-id",
    "auto-submitted",
    "x-auto-response-suppress",
    "in-reply-to",
    "references",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
}


class BadAddress(ValueError):
    """A stored address that no mail can be sent to."""


class MailPolicy(EmailPolicy):
    """The modern policy, which refuses a header with a line break in it, for SMTP."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Take what stays as it is without looking for its parts, which costs most of a mail."""
        if name.lower() not in VERBATIM:
            return super().header_store_parse(name, value)
        if not value.isascii() or not value.isprintable():
            raise ValueError(f"{name} would break the header")
        return name, value

    def fold_binary(self, name: str, value: str) -> bytes:
        """Leave on one line what stays as it is."""
        if name.lower() in VERBATIM:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


class Headers(HeaderRegistry):
    """The registry of the modern policy, which would make a class anew for each header."""

    def __init__(self) -> None:
        super().__init__()
        self.classes: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        key = name.lower()
        if key not in self.classes:
            self.classes[key] = super().__getitem__(name)
        return self.classes[key]


POLICY = MailPolicy(linesep="\r\n", header_factory=Headers())


def compose(letter: Letter, *, to: str, message_id: str) -> EmailMessage:
    """Return the message to one address, as address_of() gives it."""
    message = EmailMessage(policy=POLICY)
    message["From"] = configuration.sender()
    message["To"] = to
    message["Subject"] = cut_subject(letter.subject)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{message_id}>"
    for name, value in _further_headers(letter).items():
        message[name] = value
    message.set_content(as_text(letter), cte="quoted-printable")
    message.add_alternative(as_html(letter), subtype="html", cte="quoted-printable")
    return message


def address_of(stored: str) -> str:
    """Return an address in ASCII, as servers take it. Raises BadAddress for what is none."""
    local, _, domain = stored.rpartition("@")
    try:
        written = f"{local}@{domain.encode('idna').decode()}"
        parsed = Address(addr_spec=written).addr_spec
    except Exception as error:  # The parser raises what it likes.
        raise BadAddress("no address that a mail can be sent to") from error
    if parsed != written or not written.isascii() or not written.isprintable():
        raise BadAddress("no address that a mail can be sent to")
    return written


def _further_headers(letter: Letter) -> dict[str, str]:
    host = configuration.host()
    headers = {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if letter.question_id is not None:
        thread = f"<thread-{letter.question_id}@{host}>"
        headers |= {"In-Reply-To": thread, "References": thread}
    if letter.unsubscribe:
        headers |= {
            "List-Id": f"<notices.{host}>",
            "List-Unsubscribe": f"<{one_line(letter.unsubscribe)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers
