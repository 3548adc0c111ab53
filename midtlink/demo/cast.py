"""The three people of the demo whom one can sign in as."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoSignIn:
    """Someone to sign in as. The password is public: it exists in the demo and nowhere else."""

    username: str
    password: str
    name: str
    title: str
    profession: str
    department: str
    #: What makes them worth a visit, for those who start the demo.
    who: str
    roles: tuple[str, ...] = ()


#: A nurse, an IT reviewer and an administrator.
SIGN_INS = (
    DemoSignIn(
        "anne",
        "vagtstuen-kl-03",
        "Anne Mikkelsen",
        "Sygeplejerske",
        "sygeplejerske",
        "Akutafdelingen",
        "a nurse on the wards",
    ),
    DemoSignIn(
        "bodil",
        "kassen-bag-skrivebordet",
        "Bodil Friis",
        "EPJ-konsulent",
        "it-medarbejder",
        "It-afdelingen",
        "an IT reviewer",
        ("it",),
    ),
    DemoSignIn(
        "astrid",
        "alle-husets-noegler",
        "Astrid Lund",
        "It-arkitekt",
        "it-medarbejder",
        "It-afdelingen",
        "an administrator who also moderates",
        ("administrator", "moderator"),
    ),
)
