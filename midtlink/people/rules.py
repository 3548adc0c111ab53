"""Numbers and pure functions about people: password hashing, limits, names of browsers."""

import re
from datetime import timedelta

#: Argon2id as argon2-cffi recommends it (RFC 9106, low-memory profile): 64 MiB, three rounds.
HASH_ROUNDS = 3
HASH_KIBIBYTES = 65_536
HASH_LANES = 4
#: At once in one process, so that a rush of sign-ins does not eat the memory.
HASHES_AT_ONCE = 2

#: An id in an address: the largest that both databases hold.
ID = "int(max=2147483647)"

LONGEST_PASSWORD = 200
#: A password of fewer different characters is no secret.
FEWEST_CHARACTERS = 5
#: What is guessed first among long passwords; none may hold one of these.
COMMON_PASSWORDS = (
    "password",
    "adgangskode",
    "kodeord",
    "12345678",
    "87654321",
    "abcdefgh",
    "qwertyui",
    "asdfghjk",
    "1q2w3e4r",
    "iloveyou",
    "velkommen",
    "midtlink",
)
LONGEST_USERNAME = 60
LONGEST_NAME = 120
LONGEST_TITLE = 120
LONGEST_PROFESSION = 60
LONGEST_PHONE = 40
LONGEST_EMAIL = 254
LONGEST_ABOUT = 4_000
LONGEST_PLACE = 120

LANGUAGES = ("da", "en")
THEMES = ("auto", "light", "dark")

#: A username begins with a letter or digit and stands in addresses: no slash, no space.
USERNAME = re.compile(r"[^\W_][\w.+-]*")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

#: Links by mail that may be asked for without signing in, for one person, and how long each works.
REQUESTS_PER_HOUR, REQUESTS_PER_DAY = 2, 5
REQUESTED_LINK_LIVES = timedelta(minutes=30)
#: A page or a write is noted at most this often.
RENEWED_EVERY = timedelta(seconds=60)
#: A moment further ahead than this was written by a clock that was wrong.
MOST_AHEAD = timedelta(hours=2)

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """Return a browser's name as people know it, such as "Edge, Windows"; "" when unknown."""
    known = [_first(BROWSERS, user_agent), _first(MACHINES, user_agent)]
    return ", ".join(name for name in known if name)


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
