"""Who a request comes from: the cookie holds only the random token of a sign-in."""

from dataclasses import dataclass

from midtlink.extensions import login
from midtlink.people.models import Person, SignIn
from midtlink.people.signing_in import find_signed_in

# A hospital's computers share addresses and change them; the row behind the token is what counts.
login.session_protection = None


@dataclass(frozen=True)
class SignedIn:
    """Whom Flask-Login knows as current_user: a living sign-in and its person."""

    token: str
    sign_in: SignIn
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    @property
    def person(self) -> Person:
        """The colleague who signed in."""
        return self.sign_in.person

    def get_id(self) -> str:
        """Return what the cookie holds."""
        return self.token


@login.user_loader  # type: ignore[untyped-decorator]
def load_signed_in(token: str) -> SignedIn | None:
    """Return who holds a living sign-in with this token."""
    sign_in = find_signed_in(token)
    return SignedIn(token, sign_in) if sign_in else None
